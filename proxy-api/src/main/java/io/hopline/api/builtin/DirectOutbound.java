package io.hopline.api.builtin;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.SocketFailure;
import io.hopline.api.transport.UdpChannels;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens TCP connections to targets: resolves names without blocking, tries IPv6 and IPv4 as RFC 8305 says, all within one timeout.
 * Also sends datagrams from a socket for each association, and listens for peers where it may.
 *
 * <p>Cancelling a returned future stops what is underway and closes its sockets. One instance serves any number of event loops.
 */
public final class DirectOutbound implements PacketOutbound, PassiveOutbound {
    private static final InetAddress ANY = new InetSocketAddress(0).getAddress();

    private final Names names;
    private final Sockets sockets;
    private final Duration connectTimeout;
    private final Optional<InetAddress> bind;
    private final Optional<InetAddress> listen;

    /**
     * @param bind where datagrams are sent from
     * @param listen where peers are waited for; without it, on loopback alone
     */
    DirectOutbound(
            Names names,
            Sockets sockets,
            Duration connectTimeout,
            Optional<InetAddress> bind,
            Optional<InetAddress> listen) {
        this.names = names;
        this.sockets = sockets;
        this.connectTimeout = connectTimeout;
        this.bind = bind;
        this.listen = listen;
    }

    /** The one with the defaults of {@code reference.conf}, for chains that name no {@code direct} of their own. */
    public static DirectOutbound withDefaults() {
        return Defaults.OUTBOUND;
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return new Race(target, session, sockets).start(names, connectTimeout);
    }

    @Override
    public Future<Channel> associate(Session session) {
        Promise<Channel> result = session.loop().newPromise();
        UdpChannels.bind(new InetSocketAddress(bind.orElse(ANY), 0), session.loop())
                .addListener((Future<Channel> bound) -> {
                    if (!bound.isSuccess()) {
                        result.tryFailure(new DialException(
                                Reason.FAILED,
                                session.towards(),
                                Step.CONNECT,
                                "no socket for datagrams: " + SocketFailure.text(bound.cause())));
                    } else {
                        Channel packets = bound.getNow();
                        packets.pipeline().addLast(new DirectPackets(names, sockets.families(), session));
                        if (!result.trySuccess(packets)) {
                            packets.close();
                        }
                    }
                });
        return result;
    }

    @Override
    public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
        return new PassiveOpen(expected, session, listening).start(names, sockets.families(), listen);
    }

    private static final class Defaults {
        static final DirectOutbound OUTBOUND =
                Settings.read("outbound.direct", "", DirectSettings::read).outbound();
    }
}
