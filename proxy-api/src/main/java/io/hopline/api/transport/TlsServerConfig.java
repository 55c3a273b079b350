package io.hopline.api.transport;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.settings.Live;
import io.hopline.api.settings.Secret;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How an {@link InboundTls} is made, for Java code; what is not set has the default that {@code reference.conf} gives. */
public final class TlsServerConfig {

    private final List<KeySource> keys = new ArrayList<>();
    private final Map<String, AlpnProtocol> alpn = new LinkedHashMap<>();
    private List<X509Certificate> clientAuthorities = List.of();
    private Optional<Path> clientAuthoritiesFile = Optional.empty();
    private Optional<String> fingerprint = Optional.empty();
    private ClientAuth clientAuth = ClientAuth.NONE;
    private TlsVersion min = TlsVersion.TLS_1_2;
    private TlsVersion max = TlsVersion.TLS_1_3;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Supplier<SslProvider> provider = () -> TlsContexts.BEST;

    /** Shows this certificate to clients that ask for one of its names; the first one added to all others as well. */
    public TlsServerConfig key(KeyMaterial material) {
        return key(KeySource.fixed(ServerKey.of(material)));
    }

    /**
     * As {@link #key}, from files as {@link KeyMaterial#read} takes them; they are read again when they change, and clients that come
     * then are shown what is in them.
     */
    public TlsServerConfig keyFile(Path certificate, Optional<Path> key, Optional<Secret> password) {
        return key(new KeySource.Stored(certificate, key, password, List.of()));
    }

    /** As {@link #key}, with a certificate for localhost that vouches for itself, made now to try things out. */
    public TlsServerConfig selfSigned() {
        KeyMaterial made = KeyMaterial.selfSigned();
        fingerprint = Optional.of(SelfSigned.fingerprint(made.certificate()));
        return key(made);
    }

    TlsServerConfig key(KeySource source) {
        keys.add(source);
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
        clientAuthoritiesFile = Optional.empty();
        clientAuth = required ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
        return this;
    }

    /** The same with the CAs in a PEM file, which is read again when it changes. */
    public TlsServerConfig clientCertificates(Path authorities, boolean required) {
        clientCertificates(List.of(), required);
        clientAuthoritiesFile = Optional.of(authorities);
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
        provider = () -> other;
        return this;
    }

    /** @throws IllegalArgumentException if there is no key, or files, keys or certificates can't be used for TLS */
    public InboundTls build() {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate");
        }
        TlsServerRecipe recipe = new TlsServerRecipe(
                List.copyOf(keys),
                clientAuth,
                clientAuthorities,
                clientAuthoritiesFile,
                TlsVersion.protocols(min, max),
                List.copyOf(alpn.keySet()),
                provider);
        try {
            return new InboundTls(
                    new Live<>(recipe, "files of TLS", System::nanoTime),
                    handshakeTimeout,
                    alpn,
                    clientAuth == ClientAuth.REQUIRE,
                    fingerprint);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
