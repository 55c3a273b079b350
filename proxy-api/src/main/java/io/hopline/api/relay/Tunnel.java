package io.hopline.api.relay;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.hopline.api.Served;
import io.hopline.api.guard.Guard;
import io.hopline.api.guard.Watched;
import io.hopline.api.transport.SocketFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.SocketChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.function.Consumer;

/** Two joined channels: each direction ends by itself, a break on either side breaks both. */
final class Tunnel extends Watched {

    private final Channel client;
    private final Channel target;
    private final Guard guard;
    private final Consumer<Relay.Ended> ended;
    private final RelayHandler up;
    private final RelayHandler down;
    private int openDirections = 2;
    private long movedBefore;
    private long queuedBefore;
    private long quietSeconds;

    Tunnel(Channel client, Channel target, Guard guard, Consumer<Relay.Ended> ended) {
        this.client = client;
        this.target = target;
        this.guard = guard;
        this.ended = ended;
        this.up = new RelayHandler(this, "client", target);
        this.down = new RelayHandler(this, "target", client);
    }

    void start() {
        keepOpenWhenDeaf(client);
        keepOpenWhenDeaf(target);
        client.pipeline().addLast(up);
        target.pipeline().addLast(down);
        if (client.isActive() && target.isActive()) {
            // What has waited is read by this, and may be the tunnel's end already.
            watchOn(client.eventLoop());
            client.config().setAutoRead(target.isWritable());
            target.config().setAutoRead(client.isWritable());
        } else {
            broken(client.isActive() ? "target closed early" : "client closed early");
        }
    }

    /** Netty would close a socket that can't be written to, with all that has come and is still to be read. */
    private static void keepOpenWhenDeaf(Channel end) {
        if (end instanceof SocketChannel) {
            end.config().setAutoClose(false);
        }
    }

    /** One direction has said its last: it is passed on behind the data, and the second one to do so ends the tunnel. */
    void ended(Channel receiver) {
        receiver.writeAndFlush(EndOfOutput.INSTANCE).addListener(sent -> {
            if (!sent.isSuccess()) {
                (receiver == client ? up : down).deaf(receiver, sent.cause());
            } else if (--openDirections == 0) {
                client.close();
                target.close();
                tell(Served.OK);
            }
        });
    }

    void broken(RelayHandler end, Throwable cause) {
        broken(end + did(cause));
    }

    private static String did(Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            // Netty has no words of its own for what is written to a channel that is gone.
            return " closed the connection";
        }
        Throwable first =
                cause instanceof ChannelOutputShutdownException && cause.getCause() != null ? cause.getCause() : cause;
        return SocketFailure.isReset(first) ? " reset the connection" : ": " + SocketFailure.text(first);
    }

    void broken(String outcome) {
        if (openDirections > 0) {
            openDirections = 0;
            // What has come just before has not been sent yet where the read is not over.
            client.flush();
            target.flush();
            client.writeAndFlush(Abort.INSTANCE);
            target.writeAndFlush(Abort.INSTANCE);
            tell(outcome);
        }
    }

    /** The other end. */
    RelayHandler facing(RelayHandler one) {
        return one == up ? down : up;
    }

    /** What is read and what still waits to be written tell whether anything moves, so passing bytes costs no clock. */
    @Override
    protected void second() {
        long moved = up.bytes() + down.bytes();
        long queued = queued(client) + queued(target);
        if (moved != movedBefore || queued != queuedBefore) {
            movedBefore = moved;
            queuedBefore = queued;
            quietSeconds = 0;
            return;
        }
        boolean halfClosed = up.inputEnded() || down.inputEnded();
        Duration limit =
                halfClosed ? guard.limits().halfClosedIdle() : guard.limits().tunnelIdle();
        if (++quietSeconds >= limit.toSeconds()) {
            guard.tunnelIdle(halfClosed);
            broken("nothing moved for " + quietSeconds + " s" + (halfClosed ? " after one side had ended" : ""));
        }
    }

    private static long queued(Channel channel) {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    private void tell(String outcome) {
        unwatch();
        ended.accept(new Relay.Ended(up.bytes(), down.bytes(), outcome));
    }
}
