package io.hopline.http2;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.Recognizer;
import io.hopline.api.settings.Settings;
import io.hopline.http2.session.SessionSettings;
import java.util.Optional;

/** HTTP/2 over TLS by ALPN's {@code h2} (RFC 9113 section 3.2), and without TLS by its preface (section 3.3). */
public final class Http2 implements AlpnProtocol {

    private final SessionSettings settings;

    /** With the defaults of {@code reference.conf}. */
    public Http2() {
        this(Settings.read("alpn.h2", "", SessionSettings::read));
    }

    private Http2(SessionSettings settings) {
        this.settings = settings;
    }

    @Override
    public AlpnProtocol read(Settings tls) {
        return new Http2(SessionSettings.read(tls.sectionOrDefaults("h2", "alpn.h2")));
    }

    @Override
    public Optional<Recognizer> recognizer() {
        return Optional.of(Preface.INSTANCE);
    }

    @Override
    public Inbound over(Inbound next) {
        if (next instanceof Http2Inbound http2) {
            return http2;
        }
        if (next instanceof HttpInbound http) {
            return new Http2Inbound(settings, http);
        }
        throw new IllegalArgumentException(
                "streams of HTTP/2 carry HTTP, so the inbound must serve that alone: http or connect");
    }
}
