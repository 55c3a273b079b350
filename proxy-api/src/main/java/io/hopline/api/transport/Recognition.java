package io.hopline.api.transport;

import io.hopline.api.Drain;
import io.hopline.api.Inbound;
import io.hopline.api.Recognizer;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a client's first bytes until it is clear who serves it, hands it over with those bytes, and is gone.
 *
 * <p>The choices are asked in their order, each time bytes have come: a choice is taken when all before it have said no.
 */
public final class Recognition extends ChannelInboundHandlerAdapter {
    /** The most that a recognizer may ask for; one that wants more doesn't know its protocol. */
    private static final int ENOUGH = 24;

    private static final int SHOWN = 8;

    private final Channel client;
    private final Session session;
    private final List<Choice> choices;
    private final long startNanos = System.nanoTime();
    private final Future<?> timer;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private boolean ended;
    private boolean drained;
    private boolean over;

    /**
     * Serves each client by one of the choices.
     *
     * @param choices asked in their order, those that are {@linkplain Recognizer#isCertain certain} first
     * @param timeout for a client to say enough; then it is closed
     */
    public static Inbound of(List<Choice> choices, Duration timeout) {
        List<Choice> all = choices.stream()
                .sorted(Comparator.comparing(choice -> !choice.recognizer.isCertain()))
                .toList();
        return (client, session) -> new Recognition(client, session, all, timeout).run();
    }

    /** @param timeout for the client to say enough, from now on */
    Recognition(Channel client, Session session, List<Choice> choices, Duration timeout) {
        this.client = client;
        this.session = session;
        this.choices = choices;
        this.timer = session.loop()
                .schedule(
                        () -> {
                            session.guard().slowClient();
                            drop("said too little to be recognized within " + timeout.toMillis() + " ms");
                        },
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Asks for the client's first bytes, on its loop. */
    void run() {
        client.pipeline().addLast(this);
        client.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), in, (ByteBuf) msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!over) {
            recognize(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Drain.INSTANCE) {
            drain();
        } else if (event != ChannelInputShutdownEvent.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        } else if (!over) {
            ended = true;
            recognize(ctx);
        }
    }

    private void drain() {
        drained = true;
        if (!in.isReadable()) {
            drop(Drain.OUTCOME);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop("client left before it could be told what it speaks");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        drop(Unforeseen.text(cause));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        in.release();
        in = Unpooled.EMPTY_BUFFER;
    }

    private void recognize(ChannelHandlerContext ctx) {
        boolean last = ended || in.readableBytes() >= ENOUGH;
        for (Choice choice : choices) {
            Match match = in.isReadable() ? choice.recognizer.match(in) : Match.MORE;
            if (match == Match.YES) {
                handOver(ctx, choice.inbound);
                return;
            }
            if (match == Match.MORE && !last) {
                ctx.read();
                return;
            }
        }
        drop(in.isReadable() ? unknown() : "client left without a word");
    }

    private void handOver(ChannelHandlerContext ctx, Inbound inbound) {
        end();
        Leftovers.hold(ctx, in, ended);
        in = Unpooled.EMPTY_BUFFER;
        ctx.pipeline().remove(this);
        Unforeseen.accept(inbound, client, session);
        if (drained) {
            client.pipeline().fireUserEventTriggered(Drain.INSTANCE);
        }
    }

    private void drop(String outcome) {
        if (!over) {
            end();
            session.observer().served(session, Served.nothing(Optional.empty(), startNanos, outcome));
            client.close();
        }
    }

    private void end() {
        over = true;
        timer.cancel(false);
    }

    private String unknown() {
        String hex = ByteBufUtil.hexDump(in, in.readerIndex(), Math.min(SHOWN, in.readableBytes()));
        boolean tls = hex.startsWith("1603");
        return "no protocol of this port begins with 0x" + hex + (tls ? ", which is TLS" : "");
    }

    /** A protocol that clients of the port may speak, and who serves it. */
    public record Choice(Recognizer recognizer, Inbound inbound) {}
}
