package io.hopline.api.transport;

import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a handshake agreed on. */
final class TlsSessions {

    private TlsSessions() {}

    /** The version, the peer's subject and ALPN's protocol: {@code TLSv1.3, CN=proxy.corp, ALPN h2}. */
    static String describe(SslHandler tls) {
        SSLSession session = tls.engine().getSession();
        StringBuilder text = new StringBuilder(session.getProtocol());
        peer(tls)
                .ifPresent(c ->
                        text.append(", ").append(c.getSubjectX500Principal().getName()));
        if (tls.applicationProtocol() != null) {
            text.append(", ALPN ").append(tls.applicationProtocol());
        }
        return text.toString();
    }

    /** The certificate that the peer proved to hold the key of; empty if it showed none. */
    static Optional<X509Certificate> peer(SslHandler tls) {
        SSLEngine engine = tls.engine();
        if (!engine.getUseClientMode() && !engine.getNeedClientAuth() && !engine.getWantClientAuth()) {
            // It would say so by an exception for each client.
            return Optional.empty();
        }
        try {
            Certificate first = engine.getSession().getPeerCertificates()[0];
            return first instanceof X509Certificate x509 ? Optional.of(x509) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
