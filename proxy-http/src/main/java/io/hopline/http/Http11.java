package io.hopline.http;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.Inbound;
import io.hopline.api.stream.SessionInbound;

/** HTTP/1.1 above TLS: what inbounds speak anyway, unless they speak something else for certain. */
final class Http11 implements AlpnProtocol {

    @Override
    public Inbound over(Inbound next) {
        if (next instanceof SessionInbound) {
            throw new IllegalArgumentException(
                    "clients must begin a session of streams; leave it out, or take type = http");
        }
        return next;
    }
}
