package io.hopline.spdy;

import io.hopline.api.Entry;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.InboundFactory;
import io.hopline.api.Outbound;
import io.hopline.api.Recognizer;
import io.hopline.api.settings.Settings;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code { type = spdy, … }} of an inbound: its streams are served as {@code type = http} serves connections. */
final class SpdyInboundFactory implements InboundFactory {

    private static final String HTTP = "http";

    private final Provider<Map<String, InboundFactory>> types;

    /** @param types all inbound types; this one is among them, so they are only there later */
    @Inject
    SpdyInboundFactory(Provider<Map<String, InboundFactory>> types) {
        this.types = types;
    }

    @Override
    public Entry read(Settings settings) {
        Version version = version(settings);
        SessionSettings session = SessionSettings.read(settings);
        InboundFactory http = types.get().get(HTTP);
        if (http == null) {
            settings.problem("type", "spdy serves its streams as type http does, and no plugin offers that");
            return outbound -> (client, accepted) -> client.close();
        }
        return new SpdyEntry(version, session, http.read(settings.as("inbound." + HTTP)));
    }

    static Version version(Settings settings) {
        return settings.parsed("version", "3.1 or 3", Version.V3_1, Version::parse);
    }

    @Override
    public Optional<Recognizer> recognizer() {
        return types.get().containsKey(HTTP) ? Optional.of(new Recognition()) : Optional.empty();
    }

    /** An HTTP inbound's settings, and those of the sessions that carry it. */
    private record SpdyEntry(Version version, SessionSettings session, Entry http) implements Entry {

        @Override
        public Inbound to(Outbound outbound) {
            return new SpdyInbound(version, session, (HttpInbound) http.to(outbound));
        }

        @Override
        public List<String> alpn() {
            return List.of(version.alpn());
        }

        @Override
        public boolean authenticates() {
            return http.authenticates();
        }
    }
}
