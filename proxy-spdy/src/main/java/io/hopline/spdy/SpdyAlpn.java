package io.hopline.spdy;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Settings;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;

/** SPDY over TLS, once ALPN has agreed on one of its versions. */
abstract class SpdyAlpn implements AlpnProtocol {

    private final Version version;

    private SpdyAlpn(Version version) {
        this.version = version;
    }

    @Override
    public final Inbound over(Inbound next) {
        if (next instanceof HttpInbound http) {
            return new SpdyInbound(version, Settings.read("alpn.spdy", "", SessionSettings::read), http);
        }
        throw new IllegalArgumentException(
                "streams of SPDY carry HTTP, so the inbound must serve that: http or connect");
    }

    /** ALPN's {@code spdy/3}. */
    static final class V3 extends SpdyAlpn {

        V3() {
            super(Version.V3);
        }
    }

    /** ALPN's {@code spdy/3.1}. */
    static final class V31 extends SpdyAlpn {

        V31() {
            super(Version.V3_1);
        }
    }
}
