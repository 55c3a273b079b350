package io.hopline.api.stream;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks a server for a tunnel on a stream of its own, by the CONNECT of HTTP in whatever framing, and leaves. */
public final class ConnectExchange extends ChannelInboundHandlerAdapter {

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    /** Reads replies. */
    @FunctionalInterface
    public interface Reply {

        /**
         * The status that the head of a reply tells.
         *
         * @throws Exception if it tells none; its message says how
         */
        HttpResponseStatus status(Object head) throws Exception;
    }

    private final Reply reply;
    private final HopRef at;
    private final Session session;
    private final boolean hasCredentials;
    private final long startNanos = System.nanoTime();
    private final Promise<Channel> result;
    private final Future<?> timer;

    private ConnectExchange(Reply reply, HopRef at, Session session, boolean hasCredentials, Duration timeout) {
        this.reply = reply;
        this.at = at;
        this.session = session;
        this.hasCredentials = hasCredentials;
        this.result = session.loop().newPromise();
        this.timer = session.loop()
                .schedule(
                        () -> fail(Reason.TIMEOUT, "no reply within " + timeout.toMillis() + " ms"),
                        timeout.toMillis(),
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
            ReferenceCountUtil.release(msg);
            return;
        }
        HttpResponseStatus status;
        try {
            status = reply.status(head);
        } catch (Exception e) {
            fail(Reason.PROTOCOL, String.valueOf(e.getMessage()));
            return;
        }
        replied(ctx, status);
    }

    private void replied(ChannelHandlerContext ctx, HttpResponseStatus status) {
        int code = status.code();
        if (code < 200) {
            ctx.read();
        } else if (code < 300) {
            timer.cancel(false);
            ctx.pipeline().remove(this);
            session.passed(at, Step.HANDSHAKE, "reply " + code, startNanos);
            if (!result.trySuccess(ctx.channel())) {
                ctx.close();
            }
        } else if (code == PROXY_AUTHENTICATION_REQUIRED) {
            fail(
                    Reason.AUTH,
                    hasCredentials
                            ? "the proxy did not take the user name and password"
                            : "the proxy wants a user name and a password");
        } else {
            timer.cancel(false);
            result.tryFailure(new DialException(
                    reason(code), session.towards(), Step.CONNECT, at + " says: " + printable(status.toString())));
        }
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 403 -> Reason.DENIED;
            case 408, 504 -> Reason.TIMEOUT;
            case 502, 503 -> Reason.UNREACHABLE;
            default -> Reason.REFUSED;
        };
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?").strip();
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
        timer.cancel(false);
        result.tryFailure(
                cause instanceof StreamRefusedException
                        ? new DialException(Reason.REFUSED, at, Step.HANDSHAKE, String.valueOf(cause.getMessage()))
                        : DialException.from(cause, at, Step.HANDSHAKE));
    }

    private void fail(Reason reason, String detail) {
        timer.cancel(false);
        result.tryFailure(new DialException(reason, at, Step.HANDSHAKE, detail));
    }
}
