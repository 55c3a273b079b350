package io.hopline.http2;

import io.hopline.api.Entry;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.InboundFactory;
import io.hopline.api.Outbound;
import io.hopline.api.Recognizer;
import io.hopline.api.settings.Settings;
import io.hopline.http2.session.SessionSettings;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code { type = http2, … }} of an inbound: what serves the streams is what {@code type = http} serves connections with. */
final class Http2InboundFactory implements InboundFactory {

    private static final String HTTP = "http";

    private final Provider<Map<String, InboundFactory>> types;

    @Inject
    Http2InboundFactory(Provider<Map<String, InboundFactory>> types) {
        this.types = types;
    }

    @Override
    public Entry read(Settings settings) {
        SessionSettings session = SessionSettings.read(settings);
        InboundFactory http = types.get().get(HTTP);
        if (http == null) {
            settings.problem("type", "http2 serves its streams as type http does, and no plugin offers that");
            return outbound -> (client, accepted) -> client.close();
        }
        return new Http2Entry(session, http.read(settings.as("inbound." + HTTP)));
    }

    @Override
    public Optional<Recognizer> recognizer() {
        return types.get().containsKey(HTTP) ? Optional.of(Preface.INSTANCE) : Optional.empty();
    }

    /** An HTTP inbound's settings, and those of the sessions that carry it. */
    private record Http2Entry(SessionSettings session, Entry http) implements Entry {

        @Override
        public Inbound to(Outbound outbound) {
            return new Http2Inbound(session, (HttpInbound) http.to(outbound));
        }

        @Override
        public List<String> alpn() {
            return List.of("h2");
        }

        @Override
        public boolean authenticates() {
            return http.authenticates();
        }
    }
}
