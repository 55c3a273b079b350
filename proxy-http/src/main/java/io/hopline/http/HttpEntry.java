package io.hopline.http;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import io.hopline.connect.BasicAuthentication;
import io.hopline.connect.ProxyStatus;
import io.hopline.connect.http1.HeadLimits;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Settings of an inbound that forwards plain requests and opens tunnels.
 *
 * @param limits of requests, and of responses that come straight from their origins
 * @param keepAlive how long a client may be silent between two requests
 * @param via our name in Via fields, by which we know a request that comes back to us
 * @param proxyStatus whether responses that pass tell of us in Proxy-Status, as the errors that we make always do
 * @param pool of connections to origins
 */
public record HttpEntry(
        BasicAuthentication authentication,
        HeadLimits limits,
        Duration keepAlive,
        String via,
        boolean proxyStatus,
        PoolSettings pool)
        implements Entry {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** With the defaults of {@code reference.conf}: everybody may use it. */
    public static HttpEntry create() {
        return Settings.read("inbound.http", "", HttpEntry::read);
    }

    static HttpEntry read(Settings settings) {
        String via = settings.optionalString("via").orElseGet(HttpEntry::ownName);
        if (!TOKEN.matcher(via).matches()) {
            settings.problem("via", "expected a name of letters, digits and dashes");
        }
        return new HttpEntry(
                BasicAuthentication.read(settings),
                HeadLimits.read(settings),
                settings.duration("keep-alive-timeout"),
                via,
                settings.flag("proxy-status"),
                PoolSettings.read(settings));
    }

    /** Long enough that hardly any two inbounds of the world have the same: what brings it back is a loop. */
    private static String ownName() {
        return ProxyStatus.NAME + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Inbound to(Outbound outbound) {
        return ForwardingInbound.over(this, outbound);
    }

    @Override
    public boolean authenticates() {
        return authentication.users().isPresent();
    }
}
