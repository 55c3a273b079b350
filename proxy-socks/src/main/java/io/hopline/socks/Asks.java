package io.hopline.socks;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.handshake.HandshakeOutbound;
import io.hopline.api.transport.Dials;
import io.hopline.api.transport.Server;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Asks a server for targets by CONNECT and for peers by BIND, over the outbound beneath. */
class Asks implements PassiveOutbound {

    private final Server server;
    private final Outbound via;
    private final HopRef hop;
    private final Clients clients;
    private final Outbound connects;

    /** Makes the handshake for one request. */
    @FunctionalInterface
    interface Clients {
        SocksClient to(Ask ask, Session session);
    }

    Asks(Server server, Outbound via, HopRef hop, Clients clients) {
        this.server = server;
        this.via = via;
        this.hop = hop;
        this.clients = clients;
        this.connects =
                new HandshakeOutbound(server, via, hop, (target, session) -> clients.to(Ask.connect(target), session));
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return connects.dial(target, session);
    }

    @Override
    public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
        Promise<Accepted> result = session.loop().newPromise();
        ask(Ask.bind(expected, listening), session, result, (channel, peer) -> {
            if (isAwaited(expected.host(), peer.host())) {
                result.trySuccess(new Accepted(peer, channel));
            } else {
                result.tryFailure(new DialException(
                        Reason.DENIED,
                        session.towards(),
                        Step.CONNECT,
                        hop + " says: connected from " + peer + ", and not from " + expected.host()));
            }
        });
        return result;
    }

    /** Where a name was asked for only the server, which looked it up, can tell. */
    private static boolean isAwaited(String expected, String peer) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(expected);
        return address == null
                || Socks.isAnybody(address)
                || Arrays.equals(address, NetUtil.createByteArrayFromIpAddressString(peer));
    }

    /**
     * Asks the server.
     *
     * @param result fails if the server can't be asked or refuses; if it is done without success the server's channel is closed, or
     *     dialed no further
     * @param granted is handed the server's channel, and the address in its last reply
     */
    final void ask(Ask ask, Session session, Promise<?> result, BiConsumer<Channel, HostPort> granted) {
        Future<Channel> dialing = server.dial(via, hop, session);
        Dials.cancelWith(result, dialing);
        dialing.addListener((Future<Channel> dialed) -> {
            if (!dialed.isSuccess()) {
                result.tryFailure(dialed.cause());
                return;
            }
            Channel channel = dialed.getNow();
            result.addListener(done -> {
                if (!done.isSuccess()) {
                    channel.close();
                }
            });
            if (!result.isDone()) {
                SocksClient client = clients.to(ask, session);
                client.run(channel).addListener(asked -> {
                    if (asked.isSuccess()) {
                        granted.accept(channel, client.bound());
                    } else {
                        result.tryFailure(asked.cause());
                    }
                });
            }
        });
    }
}
