package io.hopline.api.transport;

import io.hopline.api.AlpnProtocol;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;

/** How an {@link InboundTls} is made, for Java code; what is not set has the default that {@code reference.conf} gives. */
public final class TlsServerConfig {

    private final List<ServerKey> keys = new ArrayList<>();
    private final Map<String, AlpnProtocol> alpn = new LinkedHashMap<>();
    private List<X509Certificate> clientAuthorities = List.of();
    private ClientAuth clientAuth = ClientAuth.NONE;
    private TlsVersion min = TlsVersion.TLS_1_2;
    private TlsVersion max = TlsVersion.TLS_1_3;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private SslProvider provider = TlsContexts.BEST;

    /** Shows this certificate to clients that ask for one of its names; the first one added to all others as well. */
    public TlsServerConfig key(KeyMaterial material) {
        return key(ServerKey.of(material));
    }

    TlsServerConfig key(ServerKey key) {
        keys.add(key);
        return this;
    }

    /** Offers a protocol (ALPN, RFC 7301); the one offered first is preferred. */
    public TlsServerConfig alpn(String token, AlpnProtocol protocol) {
        alpn.put(token, protocol);
        return this;
    }

    /**
     * Asks clients for a certificate of one of these CAs; its subject becomes the session's user.
     *
     * @param required refuse who has none
     */
    public TlsServerConfig clientCertificates(List<X509Certificate> authorities, boolean required) {
        clientAuthorities = List.copyOf(authorities);
        clientAuth = required ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
        return this;
    }

    public TlsServerConfig minVersion(TlsVersion version) {
        min = version;
        return this;
    }

    /** Counts from the moment that the connection is accepted; more than zero. */
    public TlsServerConfig handshakeTimeout(Duration timeout) {
        handshakeTimeout = timeout;
        return this;
    }

    TlsServerConfig maxVersion(TlsVersion version) {
        max = version;
        return this;
    }

    TlsServerConfig provider(SslProvider other) {
        provider = other;
        return this;
    }

    /** @throws IllegalArgumentException if there is no key, or keys or certificates can't be used for TLS */
    public InboundTls build() {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate");
        }
        ServerKeys manager = new ServerKeys(keys);
        SslContextBuilder builder = provider == SslProvider.JDK
                ? SslContextBuilder.forServer(manager)
                : SslContextBuilder.forServer(new OpenSslCachingX509KeyManagerFactory(new Only(manager)));
        builder.clientAuth(clientAuth);
        if (clientAuth != ClientAuth.NONE) {
            builder.trustManager(TrustManagers.only(clientAuthorities));
        }
        return new InboundTls(
                TlsContexts.build(builder, provider, TlsVersion.protocols(min, max), List.copyOf(alpn.keySet())),
                handshakeTimeout,
                alpn,
                clientAuth == ClientAuth.REQUIRE);
    }

    /** Hands one key manager out; behind the caching factory a key is handed to OpenSSL once, not once for each connection. */
    private static final class Only extends SimpleKeyManagerFactory {

        private final KeyManager manager;

        Only(KeyManager manager) {
            this.manager = manager;
        }

        @Override
        protected void engineInit(KeyStore store, char[] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {manager};
        }
    }
}
