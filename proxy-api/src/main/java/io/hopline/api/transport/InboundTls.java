package io.hopline.api.transport;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.Inbound;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** TLS on the way in, ready to be put in front of any inbound; {@link TlsServerConfig} makes it. */
public final class InboundTls {

    private final LiveContext context;
    private final Duration handshakeTimeout;
    private final Map<String, AlpnProtocol> alpn;
    private final boolean requiresClientCertificate;

    InboundTls(
            LiveContext context,
            Duration handshakeTimeout,
            Map<String, AlpnProtocol> alpn,
            boolean requiresClientCertificate) {
        this.context = context;
        this.handshakeTimeout = handshakeTimeout;
        this.alpn = alpn;
        this.requiresClientCertificate = requiresClientCertificate;
    }

    /** Whether nobody gets in without a certificate of a known CA. */
    public boolean requiresClientCertificate() {
        return requiresClientCertificate;
    }

    /**
     * Puts TLS in front of the inbound, which serves clients that agree on no protocol by ALPN.
     *
     * @param plainToo serve clients whose first byte starts no TLS record as well, without TLS
     * @throws IllegalArgumentException if one of the ALPN protocols can't carry that inbound; the message names it and says why
     */
    public Inbound over(Inbound next, boolean plainToo) {
        Map<String, Inbound> byProtocol = new LinkedHashMap<>();
        alpn.forEach((token, protocol) -> {
            try {
                byProtocol.put(token, protocol.over(next));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "tls.alpn: " + token + " can't be served here: " + e.getMessage(), e);
            }
        });
        Inbound tls = new TlsInbound(context, handshakeTimeout, next, byProtocol);
        return plainToo ? new PlainOrTls(tls, next, handshakeTimeout) : tls;
    }
}
