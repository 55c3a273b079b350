package io.hopline.spdy;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Settings;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;

/** SPDY over TLS, once ALPN has agreed on one of its versions. */
class SpdyAlpn implements AlpnProtocol {

    private static final String DEFAULTS = "alpn.spdy";

    private final Version version;
    private final SessionSettings settings;

    private SpdyAlpn(Version version, SessionSettings settings) {
        this.version = version;
        this.settings = settings;
    }

    @Override
    public final AlpnProtocol read(Settings tls) {
        return new SpdyAlpn(version, SessionSettings.read(tls.sectionOrDefaults("spdy", DEFAULTS)));
    }

    @Override
    public final Inbound over(Inbound next) {
        if (next instanceof SpdyInbound spdy && spdy.version() == version) {
            return spdy;
        }
        if (next instanceof HttpInbound http) {
            return new SpdyInbound(version, settings, http);
        }
        throw new IllegalArgumentException(
                "streams of SPDY carry HTTP, so the inbound must serve that alone: http or connect");
    }

    private static SessionSettings defaults() {
        return Settings.read(DEFAULTS, "", SessionSettings::read);
    }

    /** ALPN's {@code spdy/3}. */
    static final class V3 extends SpdyAlpn {

        V3() {
            super(Version.V3, defaults());
        }
    }

    /** ALPN's {@code spdy/3.1}. */
    static final class V31 extends SpdyAlpn {

        V31() {
            super(Version.V3_1, defaults());
        }
    }
}
