package io.hopline.http;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.Inbound;

/** HTTP/1.1 above TLS: what inbounds speak anyway. */
final class Http11 implements AlpnProtocol {

    @Override
    public Inbound over(Inbound next) {
        return next;
    }
}
