package io.hopline.api.transport;

import static java.util.Objects.requireNonNull;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.settings.DidYouMean;
import io.hopline.api.settings.Secret;
import io.hopline.api.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code tls { … }} of an inbound, as {@code hopline.defaults.inbound.tls} tells. */
final class TlsServerSettings {

    private final Settings settings;
    private final TlsServerConfig config = new TlsServerConfig();
    private boolean hasKey;

    private TlsServerSettings(Settings settings) {
        this.settings = settings;
    }

    /** Empty if the settings have problems. */
    static Optional<InboundTls> read(Settings settings, Map<String, AlpnProtocol> alpn, String... offered) {
        return new TlsServerSettings(settings).read(alpn, offered);
    }

    private Optional<InboundTls> read(Map<String, AlpnProtocol> alpn, String... offered) {
        keys();
        clientAuth();
        alpn(alpn, offered);
        config.minVersion(settings.parsed("min-version", "1.2 or 1.3", TlsVersion.TLS_1_2, TlsVersion::parse))
                .handshakeTimeout(settings.duration("handshake-timeout"));
        if (!hasKey) {
            return Optional.empty();
        }
        try {
            return Optional.of(config.build());
        } catch (IllegalArgumentException e) {
            settings.problem("certificate", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void alpn(Map<String, AlpnProtocol> known, String... offered) {
        List<String> tokens = settings.strings("alpn");
        for (String token : tokens) {
            AlpnProtocol protocol = known.get(token);
            if (protocol == null) {
                settings.problem(
                        "alpn", "nothing here speaks \"" + token + "\"; " + DidYouMean.hint(token, known.keySet()));
            } else {
                config.alpn(token, protocol.read(settings));
            }
        }
        if (tokens.isEmpty()) {
            // An inbound that offers a protocol of itself has its settings: there are none in tls { … }.
            List.of(offered).forEach(token -> config.alpn(token, requireNonNull(known.get(token), token)));
        }
    }

    private void keys() {
        List<Settings> more = settings.sections("certificates");
        // Known also where the certificate that they belong to is missing.
        List.of("key", "password", "names").forEach(settings::has);
        boolean selfSigned = settings.flag("self-signed");
        if (settings.has("certificate")) {
            key(settings);
        } else if (more.isEmpty() && !selfSigned) {
            settings.problem(
                    "certificate", "missing; expected a PEM or PKCS #12 file, or self-signed = true to try things out");
        }
        more.forEach(this::key);
        if (selfSigned) {
            config.selfSigned();
            hasKey = true;
        }
    }

    private void key(Settings section) {
        Optional<Path> key = section.optionalPath("key");
        Optional<Secret> password = section.optionalString("password").map(Secret::new);
        List<String> names = section.strings("names");
        KeySource source = new KeySource.Stored(section.path("certificate"), key, password, names);
        if (!section.isSound("certificate", "key", "password", "names")) {
            return;
        }
        try {
            source.read();
            add(source);
        } catch (IOException e) {
            section.problem("certificate", String.valueOf(e.getMessage()));
        }
    }

    private void add(KeySource key) {
        config.key(key);
        hasKey = true;
    }

    private void clientAuth() {
        ClientAuthChoice choice = settings.choice("client-auth", ClientAuthChoice.class);
        Optional<Path> file = settings.optionalPath("client-ca");
        if (choice == ClientAuthChoice.NONE || !settings.isSound("client-ca")) {
            return;
        }
        if (file.isEmpty()) {
            settings.problem("client-ca", "missing; client-auth needs the certificates of the CAs to trust");
            return;
        }
        try {
            KeyFile.authorities(file.get(), Optional.empty());
            config.clientCertificates(file.get(), choice == ClientAuthChoice.REQUIRED);
        } catch (IOException e) {
            settings.problem("client-ca", String.valueOf(e.getMessage()));
        }
    }

    private enum ClientAuthChoice {
        NONE,
        OPTIONAL,
        REQUIRED
    }
}
