package io.hopline.api.transport;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Live;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** TLS on the way in, ready to be put in front of any inbound; {@link TlsServerConfig} makes it. */
public final class InboundTls {

    private final Live<LateContext> context;
    private final Duration handshakeTimeout;
    private final Map<String, AlpnProtocol> alpn;
    private final boolean requiresClientCertificate;
    private final Optional<String> selfSigned;

    InboundTls(
            Live<LateContext> context,
            Duration handshakeTimeout,
            Map<String, AlpnProtocol> alpn,
            boolean requiresClientCertificate,
            Optional<String> selfSigned) {
        this.context = context;
        this.handshakeTimeout = handshakeTimeout;
        this.alpn = alpn;
        this.requiresClientCertificate = requiresClientCertificate;
        this.selfSigned = selfSigned;
    }

    /** Whether nobody gets in without a certificate of a known CA. */
    public boolean requiresClientCertificate() {
        return requiresClientCertificate;
    }

    /**
     * Makes what clients are served by, which takes the better part of a start; otherwise the first of them waits for it.
     *
     * @throws IllegalArgumentException if that can't be done; the message says why
     */
    public void ready() {
        try {
            context.current().thenCompose(LateContext::made).join();
        } catch (CompletionException e) {
            throw new IllegalArgumentException(TlsInbound.whyNone(e), e);
        }
    }

    /** The SHA-256 of the certificate that was made for it, should there be one, as browsers and openssl show it. */
    public Optional<String> selfSigned() {
        return selfSigned;
    }

    /**
     * Puts TLS in front of the inbound, which serves clients that agree on no protocol by ALPN.
     *
     * @param plainToo serve clients whose first byte starts no TLS record as well, without TLS; not where a certificate is required
     * @throws IllegalArgumentException if one of the ALPN protocols can't carry that inbound; the message names it and says why
     */
    public Inbound over(Inbound next, boolean plainToo) {
        Map<String, Inbound> byProtocol = new LinkedHashMap<>();
        alpn.forEach((token, protocol) -> {
            try {
                byProtocol.put(token, protocol.over(next).speaking(token));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(token + " can't be served here: " + e.getMessage(), e);
            }
        });
        Inbound tls = new TlsInbound(context, handshakeTimeout, next, byProtocol);
        return plainToo && !requiresClientCertificate ? new PlainOrTls(tls, next, handshakeTimeout) : tls;
    }
}
