package io.hopline.api.stream;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.handshake.ConnectRefusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks a server for a tunnel on a stream of its own, by the CONNECT of HTTP in whatever framing, and leaves. */
public final class ConnectExchange extends ChannelInboundHandlerAdapter {

    /** For the body of a refusal, which may say more than its status. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Reads replies. */
    @FunctionalInterface
    public interface Reply {

        /**
         * The response that the head of a reply makes; a {@code LastHttpContent} if nothing follows.
         *
         * @throws Exception if it makes none; its message says how
         */
        HttpResponse response(Object head) throws Exception;
    }

    private final Reply reply;
    private final HopRef at;
    private final Session session;
    private final boolean hasCredentials;
    private final long startNanos = System.nanoTime();
    private final Promise<Channel> result;
    private final StringBuilder excerpt = new StringBuilder();
    private Future<?> timer;
    private @Nullable HttpResponse refusal;

    private ConnectExchange(Reply reply, HopRef at, Session session, boolean hasCredentials, Duration timeout) {
        this.reply = reply;
        this.at = at;
        this.session = session;
        this.hasCredentials = hasCredentials;
        this.result = session.loop().newPromise();
        this.timer = failIn(timeout);
    }

    private Future<?> failIn(Duration time) {
        return session.loop()
                .schedule(
                        () -> fail(Reason.TIMEOUT, "no reply within " + time.toMillis() + " ms"),
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /**
     * Asks on the stream, on its loop.
     *
     * @param hasCredentials whether the request has any
     * @param timeout for the reply
     * @return fails with a {@link DialException}; the stream is left to the caller to close
     */
    public static Future<Channel> run(
            Channel stream,
            StreamMessage request,
            Reply reply,
            HopRef at,
            Session session,
            boolean hasCredentials,
            Duration timeout) {
        ConnectExchange exchange = new ConnectExchange(reply, at, session, hasCredentials, timeout);
        stream.pipeline().addLast(exchange);
        stream.writeAndFlush(request);
        stream.read();
        return exchange.result;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof StreamMessage head)) {
            body((ByteBuf) msg);
            return;
        }
        try {
            replied(ctx, reply.response(head));
        } catch (Exception e) {
            fail(Reason.PROTOCOL, String.valueOf(e.getMessage()));
        }
    }

    private void replied(ChannelHandlerContext ctx, HttpResponse response) {
        int code = response.status().code();
        if (refusal != null || code < 200) {
            ctx.read();
        } else if (code < 300) {
            timer.cancel(false);
            ctx.pipeline().remove(this);
            session.passed(at, Step.HANDSHAKE, "reply " + code, startNanos);
            if (!result.trySuccess(ctx.channel())) {
                ctx.close();
            }
        } else if (code == ConnectRefusal.AUTHENTICATION_REQUIRED) {
            fail(Reason.AUTH, ConnectRefusal.authentication(hasCredentials));
        } else {
            refused(ctx, response);
        }
    }

    private void refused(ChannelHandlerContext ctx, HttpResponse response) {
        refusal = response;
        timer.cancel(false);
        if (response instanceof LastHttpContent
                || !ConnectRefusal.isReadable(name -> response.headers().get(name, ""))) {
            end(response);
        } else {
            timer = failIn(PATIENCE);
            ctx.read();
        }
    }

    private void body(ByteBuf bytes) {
        HttpResponse to = refusal;
        if (to != null && !result.isDone()) {
            int room = ConnectRefusal.LONGEST_EXCERPT - excerpt.length();
            excerpt.append(bytes.toString(
                    bytes.readerIndex(), Math.min(bytes.readableBytes(), room), StandardCharsets.US_ASCII));
            if (excerpt.indexOf("\n") >= 0 || excerpt.length() == ConnectRefusal.LONGEST_EXCERPT) {
                end(to);
            }
        }
        bytes.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (refusal != null && !result.isDone()) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            fail(Reason.PROTOCOL, "the server ended the stream before it had replied");
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(Reason.PROTOCOL, "the server closed the stream before it had replied");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(
                cause instanceof StreamRefusedException
                        ? new DialException(Reason.REFUSED, at, Step.HANDSHAKE, String.valueOf(cause.getMessage()))
                        : DialException.from(cause, at, Step.HANDSHAKE));
    }

    private void fail(Reason reason, String detail) {
        fail(new DialException(reason, at, Step.HANDSHAKE, detail));
    }

    /** Whatever ends the stream behind a refusal: that is what is told. */
    private void fail(DialException failure) {
        if (refusal != null) {
            end(refusal);
        } else {
            timer.cancel(false);
            result.tryFailure(failure);
        }
    }

    private void end(HttpResponse refused) {
        timer.cancel(false);
        String told = ConnectRefusal.told(refused.status().toString(), excerpt.toString());
        result.tryFailure(new DialException(
                ConnectRefusal.reason(refused.status().code()),
                session.towards(),
                Step.CONNECT,
                at + " says: " + told));
    }
}
