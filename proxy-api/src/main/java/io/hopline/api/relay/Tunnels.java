package io.hopline.api.relay;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.Unforeseen;
import io.hopline.api.transport.Leftovers;
import io.hopline.api.transport.TcpChannels;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;

/** What every inbound that opens tunnels does: dial, reply, relay, and tell the observer how it went. */
public final class Tunnels {

    private Tunnels() {}

    /** How an inbound answers its client; called on the session's loop, one of the two, once. */
    public interface Reply {

        /** The target is there: write the success reply and drop what framed it; the relay starts right after. */
        void opened(Channel client, Channel target);

        /** The dial failed: write the refusal, then close. */
        void refused(Channel client, DialException failure);
    }

    /**
     * Dials the target for the client, whose auto-read is off, and joins the two; the dial is cancelled when the client's channel closes
     * meanwhile. A client that has only ended its output has not left.
     */
    public static void open(Channel client, HostPort target, Session session, Outbound outbound, Reply reply) {
        long start = System.nanoTime();
        ChannelHandler hangUp = new HangUp();
        Leftovers.gateBehind(hangUp, client.pipeline());
        Future<Channel> dialing = outbound.dial(target, session);
        client.closeFuture().addListener(closed -> dialing.cancel(false));
        if (!dialing.isDone()) {
            TcpChannels.noticeBreak(client, dialing);
        }
        dialing.addListener((Future<Channel> dialed) -> {
            if (!client.isActive()) {
                if (dialed.isSuccess()) {
                    dialed.getNow().writeAndFlush(Abort.INSTANCE);
                }
                session.observer()
                        .served(session, Served.nothing(Optional.of(target), start, "client left during the dial"));
                return;
            }
            client.pipeline().remove(hangUp);
            DialException failure = null;
            try {
                if (dialed.isSuccess()) {
                    reply.opened(client, dialed.getNow());
                } else {
                    failure = DialException.from(dialed.cause(), session.towards(), Step.CONNECT);
                    reply.refused(client, failure);
                }
            } catch (RuntimeException | LinkageError e) {
                if (dialed.isSuccess()) {
                    dialed.getNow().writeAndFlush(Abort.INSTANCE);
                }
                Unforeseen.drop(client, session, Optional.of(target), e);
                return;
            }
            if (failure != null) {
                session.observer().served(session, Served.nothing(Optional.of(target), start, failure.getMessage()));
                return;
            }
            Relay.join(
                    client,
                    dialed.getNow(),
                    session.guard(),
                    ended -> session.observer()
                            .served(
                                    session,
                                    new Served(
                                            Optional.of(target),
                                            ended.up(),
                                            ended.down(),
                                            Duration.ofNanos(System.nanoTime() - start),
                                            ended.outcome())));
        });
    }

    /** A client that breaks during the dial is gone: no target is worth waiting for. */
    private static final class HangUp extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
