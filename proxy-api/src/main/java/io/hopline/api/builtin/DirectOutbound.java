package io.hopline.api.builtin;

import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Settings;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;

/**
 * Opens TCP connections to targets: resolves names without blocking, tries IPv6 and IPv4 as RFC 8305 says, all within one timeout.
 *
 * <p>Cancelling the returned future stops the dial and closes its sockets. One instance serves any number of event loops.
 */
public final class DirectOutbound implements Outbound {
    private final Names names;
    private final Sockets sockets;
    private final Duration connectTimeout;

    DirectOutbound(Names names, Sockets sockets, Duration connectTimeout) {
        this.names = names;
        this.sockets = sockets;
        this.connectTimeout = connectTimeout;
    }

    /** The one with the defaults of {@code reference.conf}, for chains that name no {@code direct} of their own. */
    public static DirectOutbound withDefaults() {
        return Defaults.OUTBOUND;
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return new Race(target, session, sockets).start(names, connectTimeout);
    }

    private static final class Defaults {
        static final DirectOutbound OUTBOUND =
                Settings.read("outbound.direct", "", DirectSettings::read).outbound();
    }
}
