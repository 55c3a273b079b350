package io.hopline.api.builtin;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.PassiveOutbound.Accepted;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.transport.SocketFailure;
import io.hopline.api.transport.TcpChannels;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One wait for a peer: a socket that listens until the first connection, which decides. */
final class PassiveOpen extends ChannelInboundHandlerAdapter {
    private final HostPort expected;
    private final Session session;
    private final Consumer<HostPort> listening;
    private final Promise<Accepted> result;
    private final Candidates candidates = new Candidates();
    private final Set<InetAddress> allowed = new LinkedHashSet<>();
    private @Nullable Lookup lookup;

    PassiveOpen(HostPort expected, Session session, Consumer<HostPort> listening) {
        this.expected = expected;
        this.session = session;
        this.listening = listening;
        this.result = session.loop().newPromise();
    }

    /** @param local where the operator lets clients listen; without, only clients on this machine may, and only for this machine */
    Future<Accepted> start(Names names, List<SocketProtocolFamily> families, Optional<InetAddress> local) {
        List<InetAddress> known = LocalNames.addresses(expected.host());
        if (known.isEmpty()) {
            Lookup asked = new Lookup(session.loop(), candidates, () -> looked(local));
            lookup = asked;
            result.addListener(done -> asked.stop());
            asked.start(expected.host(), names, families);
        } else {
            allowed.addAll(known);
            listen(local);
        }
        return result;
    }

    private void looked(Optional<InetAddress> local) {
        if (lookup == null || !lookup.isDone() || result.isDone()) {
            return;
        }
        for (InetAddress address = candidates.poll(); address != null; address = candidates.poll()) {
            allowed.add(address);
        }
        if (allowed.isEmpty()) {
            LookupFailure failure = LookupFailure.ofMostWeight(expected.host(), lookup.failures());
            fail(failure.reason(), Step.RESOLVE, failure.detail());
        } else {
            listen(local);
        }
    }

    private void listen(Optional<InetAddress> local) {
        Optional<InetAddress> at = local.isPresent() ? local : loopback();
        if (at.isEmpty()) {
            fail(Reason.DENIED, Step.CONNECT, "the config names no address to listen on: see listen of direct");
            return;
        }
        TcpChannels.listen(new InetSocketAddress(at.get(), 0), session.loop()).addListener((Future<Channel> bound) -> {
            if (bound.isSuccess()) {
                listening(bound.getNow());
            } else {
                fail(Reason.FAILED, Step.CONNECT, "can't listen: " + SocketFailure.text(bound.cause()));
            }
        });
    }

    private void listening(Channel listener) {
        result.addListener(done -> listener.close());
        if (!result.isDone()) {
            listener.pipeline().addLast(this);
            listener.read();
            listening.accept(HostPort.of((InetSocketAddress) listener.localAddress()));
        }
    }

    /** Of the family in which the peer is awaited; the client's, if a name leaves that open. */
    private Optional<InetAddress> loopback() {
        if (!(session.client() instanceof InetSocketAddress client)
                || client.getAddress() == null
                || !client.getAddress().isLoopbackAddress()
                || !(isAnybody() || allowed.stream().anyMatch(InetAddress::isLoopbackAddress))) {
            return Optional.empty();
        }
        InetAddress model = expected.isLiteral() ? allowed.iterator().next() : client.getAddress();
        return Optional.of(model instanceof Inet6Address ? NetUtil.LOCALHOST6 : NetUtil.LOCALHOST4);
    }

    private boolean isAnybody() {
        return allowed.stream().anyMatch(InetAddress::isAnyLocalAddress);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel peer = (Channel) message;
        InetSocketAddress from = (InetSocketAddress) peer.remoteAddress();
        if (result.isDone() || from == null) {
            reset(peer);
        } else if (!isAnybody() && !allowed.contains(from.getAddress())) {
            reset(peer);
            fail(
                    Reason.DENIED,
                    Step.CONNECT,
                    "connected from " + HostPort.of(from) + ", and not from " + expected.host());
        } else {
            Optional<DialException> objection =
                    session.objection(isAnybody() ? HostPort.of(from) : expected, from.getAddress());
            if (objection.isPresent()) {
                reset(peer);
                result.tryFailure(objection.get());
            } else {
                accept(peer, HostPort.of(from));
            }
        }
    }

    /** It belongs to no loop yet, so that nothing can be written to it. */
    private static void reset(Channel peer) {
        peer.config().setOption(ChannelOption.SO_LINGER, 0);
        peer.unsafe().closeForcibly();
    }

    private void accept(Channel peer, HostPort from) {
        peer.config().setOptions(TcpChannels.OPTIONS);
        TcpChannels.prepare(peer);
        ChannelFuture registered = session.loop().register(peer);
        if (!registered.isSuccess()) {
            peer.close();
            fail(Reason.FAILED, Step.CONNECT, String.valueOf(registered.cause()));
        } else if (!result.trySuccess(new Accepted(from, peer))) {
            peer.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(Reason.FAILED, Step.CONNECT, "can't accept: " + SocketFailure.text(cause));
    }

    private void fail(Reason reason, Step step, String detail) {
        result.tryFailure(new DialException(reason, session.towards(), step, detail));
    }
}
