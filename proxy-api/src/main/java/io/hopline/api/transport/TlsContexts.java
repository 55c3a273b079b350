package io.hopline.api.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** What every TLS context here has in common: who does the work, versions, cipher suites, ALPN. */
final class TlsContexts {

    /** BoringSSL where it loads, the JDK's TLS elsewhere. */
    static final SslProvider BEST = EngineEnds.haveOpenSsl() ? SslProvider.OPENSSL : SslProvider.JDK;

    /** Forward secrecy and authenticated encryption only (RFC 9325 section 4.2); TLS 1.3 has no others. */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsContexts() {}

    /** @throws IllegalArgumentException if the provider can't work with what the builder holds */
    static SslContext build(
            SslContextBuilder builder, SslProvider provider, List<String> protocols, List<String> alpn) {
        builder.sslProvider(provider)
                .ciphers(CIPHER_SUITES, SupportedCipherSuiteFilter.INSTANCE)
                .protocols(protocols);
        if (!alpn.isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, alpn));
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    /** An engine for a server's side. */
    static SSLEngine engine(SslContext context, ByteBufAllocator allocator) {
        // Only the engines that come within a handler take many records at a time.
        return context.newHandler(allocator).engine();
    }

    /** An engine for a client's side; sessions are resumed with the same host and port. */
    static SSLEngine engine(SslContext context, ByteBufAllocator allocator, String host, int port) {
        return context.newHandler(allocator, host, port).engine();
    }
}
