package io.hopline.api.transport;

import io.hopline.api.settings.Secret;
import io.hopline.api.settings.Settings;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a {@link TlsLayer} is made, for Java code; what is not set has the default that {@code reference.conf} gives. */
public final class TlsClientConfig {

    private Optional<String> serverName = Optional.empty();
    private boolean verify = true;
    private List<X509Certificate> authorities = List.of();
    private @Nullable KeyMaterial key;
    private List<String> alpn = List.of();
    private TlsVersion min = TlsVersion.TLS_1_2;
    private TlsVersion max = TlsVersion.TLS_1_3;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private SslProvider provider = TlsContexts.BEST;

    /** The name to ask for (SNI, RFC 6066 section 3) and to verify, where it is not the server's host. */
    public TlsClientConfig serverName(String name) {
        serverName = Optional.of(name);
        return this;
    }

    /** Takes any certificate: whoever is on the way can read along and change what is said. */
    public TlsClientConfig dontVerify() {
        verify = false;
        return this;
    }

    /** Trusts these CAs instead of the system's. */
    public TlsClientConfig trust(List<X509Certificate> certificates) {
        authorities = List.copyOf(certificates);
        return this;
    }

    /** The client certificate to show when asked. */
    public TlsClientConfig key(KeyMaterial material) {
        key = material;
        return this;
    }

    /** The protocols to offer, the preferred one first (ALPN, RFC 7301). */
    public TlsClientConfig alpn(String... tokens) {
        alpn = List.of(tokens);
        return this;
    }

    public TlsClientConfig minVersion(TlsVersion version) {
        min = version;
        return this;
    }

    /** More than zero. */
    public TlsClientConfig handshakeTimeout(Duration timeout) {
        handshakeTimeout = timeout;
        return this;
    }

    TlsClientConfig maxVersion(TlsVersion version) {
        max = version;
        return this;
    }

    TlsClientConfig provider(SslProvider other) {
        provider = other;
        return this;
    }

    /** @throws IllegalArgumentException if key or certificates can't be used for TLS */
    public TlsLayer build() {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (verify) {
            builder.endpointIdentificationAlgorithm("HTTPS")
                    .trustManager(new ServerTrust(
                            authorities.isEmpty() ? TrustManagers.system() : TrustManagers.only(authorities)));
        } else {
            builder.endpointIdentificationAlgorithm(null).trustManager(InsecureTrustManagerFactory.INSTANCE);
        }
        if (key != null) {
            if (!KeyKinds.isShown(key.certificate().getPublicKey())) {
                throw new IllegalArgumentException(
                        "a hop's TLS can't show a key of Ed25519; take one of RSA, or of the curve P-256, P-384 or P-521");
            }
            builder.keyManager(key.key(), key.chainArray());
        }
        return new TlsLayer(
                TlsContexts.build(builder, provider, TlsVersion.protocols(min, max), alpn),
                serverName,
                handshakeTimeout);
    }

    static TlsLayer read(Settings settings, String... offered) {
        TlsClientConfig config = new TlsClientConfig();
        settings.optionalString("server-name").ifPresent(config::serverName);
        boolean verify = settings.flag("verify");
        if (!verify) {
            config.dontVerify();
        }
        Optional<Secret> password = settings.optionalString("password").map(Secret::new);
        settings.optionalPath("ca").ifPresent(file -> {
            Optional<Secret> caPassword = settings.optionalString("ca-password").map(Secret::new);
            if (!settings.isSound("ca", "ca-password")) {
                return;
            }
            try {
                config.trust(KeyFile.authorities(file, caPassword));
            } catch (IOException e) {
                settings.problem("ca", String.valueOf(e.getMessage()));
            }
        });
        Optional<Path> key = settings.optionalPath("key");
        settings.optionalPath("certificate")
                .ifPresentOrElse(
                        file -> {
                            if (!settings.isSound("certificate", "key", "password")) {
                                return;
                            }
                            try {
                                config.key(KeyMaterial.read(file, key, password));
                            } catch (IOException e) {
                                settings.problem("certificate", String.valueOf(e.getMessage()));
                            }
                        },
                        () -> {
                            if (key.isPresent()) {
                                settings.problem("key", "there is no certificate for it; set certificate as well");
                            }
                        });
        List<String> alpn = settings.strings("alpn");
        config.alpn(alpn.isEmpty() ? offered : alpn.toArray(String[]::new))
                .minVersion(settings.parsed("min-version", "1.2 or 1.3", TlsVersion.TLS_1_2, TlsVersion::parse))
                .handshakeTimeout(settings.duration("handshake-timeout"));
        try {
            return config.build();
        } catch (IllegalArgumentException e) {
            settings.problem("certificate", String.valueOf(e.getMessage()));
            return new TlsClientConfig().build();
        }
    }
}
