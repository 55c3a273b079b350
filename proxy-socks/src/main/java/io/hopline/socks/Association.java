package io.hopline.socks;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.PacketOutbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.handshake.Farewell;
import io.hopline.api.transport.SocketFailure;
import io.hopline.api.transport.UdpChannels;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client's datagrams, relayed for as long as the connection lasts on which it asked for that (RFC 1928 sections 6 and 7). */
final class Association {

    private final Channel client;
    private final Session session;
    private final int announcedPort;
    private final Duration idle;
    private final long startNanos = System.nanoTime();
    private @Nullable ChannelHandler control;
    private @Nullable Future<Channel> opening;
    private @Nullable Channel clientSide;
    private @Nullable PacketRelay up;
    private @Nullable PacketRelay down;
    private @Nullable Future<?> timer;
    private String outcome = Served.OK;
    private long seen;
    private boolean over;

    /**
     * @param announcedPort where the client's datagrams come from; 0 if that is to be learnt
     * @param idle after that time without a datagram it ends
     */
    Association(Channel client, Session session, int announcedPort, Duration idle) {
        this.client = client;
        this.session = session;
        this.announcedPort = announcedPort;
        this.idle = idle;
    }

    /** Opens the association and answers the client. */
    void open(PacketOutbound outbound) {
        control = Control.watch(client, this::ended);
        opening = outbound.associate(session);
        opening.addListener((Future<Channel> opened) -> {
            if (over) {
                if (opened.isSuccess()) {
                    opened.getNow().close();
                }
            } else if (opened.isSuccess()) {
                bind(opened.getNow());
            } else {
                refuse(DialException.from(opened.cause(), session.towards(), Step.CONNECT));
            }
        });
    }

    /** The client sends to the address at which it has reached us. */
    private void bind(Channel targetSide) {
        if (!(client.localAddress() instanceof InetSocketAddress reached)
                || !(session.client() instanceof InetSocketAddress from)) {
            targetSide.close();
            refuse(new DialException(
                    Reason.PROTOCOL, session.towards(), Step.CONNECT, "the client has no address for datagrams"));
            return;
        }
        UdpChannels.bind(new InetSocketAddress(reached.getAddress(), 0), session.loop())
                .addListener((Future<Channel> bound) -> {
                    if (!bound.isSuccess()) {
                        targetSide.close();
                        refuse(new DialException(
                                Reason.FAILED,
                                session.towards(),
                                Step.CONNECT,
                                "no socket for the client's datagrams: " + SocketFailure.text(bound.cause())));
                    } else if (over) {
                        bound.getNow().close();
                        targetSide.close();
                    } else {
                        join(bound.getNow(), new ClientPackets(from.getAddress(), announcedPort), targetSide);
                    }
                });
    }

    private void join(Channel nearSide, ChannelHandler framing, Channel targetSide) {
        clientSide = nearSide;
        up = new PacketRelay(targetSide);
        down = new PacketRelay(nearSide);
        nearSide.pipeline().addLast(framing, up);
        targetSide.pipeline().addLast(down);
        nearSide.closeFuture().addListener(closed -> {
            targetSide.close();
            client.close();
        });
        targetSide.closeFuture().addListener(closed -> {
            if (!over) {
                outcome = "the association broke beyond us";
            }
            nearSide.close();
        });
        if (!targetSide.isActive() || !client.isActive()) {
            nearSide.close();
            return;
        }
        timer = session.loop()
                .scheduleWithFixedDelay(this::look, idle.toMillis(), idle.toMillis(), TimeUnit.MILLISECONDS);
        client.writeAndFlush(
                Socks5Reply.SUCCEEDED.message(client.alloc(), nearSide.localAddress()), client.voidPromise());
        nearSide.config().setAutoRead(true);
        targetSide.config().setAutoRead(true);
    }

    /** Ends it if nothing has come since the last look. */
    private void look() {
        long now = up == null || down == null ? 0 : up.packets() + down.packets();
        if (now == seen) {
            outcome = "no datagram within " + idle.toMillis() + " ms";
            client.close();
        }
        seen = now;
    }

    private void refuse(DialException failure) {
        if (over) {
            return;
        }
        over = true;
        if (control != null) {
            client.pipeline().remove(control);
        }
        Farewell.say(client, Socks5Reply.toCommand(failure).message(client.alloc(), (SocketAddress) null), false);
        session.observer().served(session, Served.nothing(Optional.empty(), startNanos, failure.getMessage()));
    }

    private void ended() {
        if (over) {
            return;
        }
        over = true;
        if (opening != null) {
            opening.cancel(false);
        }
        if (clientSide != null) {
            clientSide.close();
        }
        if (timer != null) {
            timer.cancel(false);
        }
        session.observer()
                .served(
                        session,
                        new Served(
                                Optional.empty(),
                                up == null ? 0 : up.bytes(),
                                down == null ? 0 : down.bytes(),
                                Duration.ofNanos(System.nanoTime() - startNanos),
                                outcome));
    }
}
