package io.hopline.spdy.http;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.spdy.session.StreamHead;
import io.hopline.spdy.session.StreamResetException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a server for a tunnel to the target on a stream of its own, and leaves. */
public final class ConnectExchange extends ChannelInboundHandlerAdapter {

    private static final AsciiString PROXY_AUTHORIZATION = AsciiString.cached("proxy-authorization");

    private final HopRef at;
    private final Session session;
    private final boolean hasCredentials;
    private final long startNanos = System.nanoTime();
    private final Promise<Channel> result;
    private final Future<?> timer;

    private ConnectExchange(HopRef at, Session session, boolean hasCredentials, Duration timeout) {
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
     * @param authorization the value of Proxy-Authorization
     * @return fails with a {@link DialException}; the stream is left to the caller to close
     */
    public static Future<Channel> run(
            Channel stream,
            HopRef at,
            HostPort target,
            Session session,
            Optional<AsciiString> authorization,
            Duration timeout) {
        ConnectExchange exchange = new ConnectExchange(at, session, authorization.isPresent(), timeout);
        stream.pipeline().addLast(exchange);
        SpdyHeaders headers = Requests.connect(target);
        authorization.ifPresent(value -> headers.set(PROXY_AUTHORIZATION, value));
        stream.writeAndFlush(new StreamHead(headers, false));
        stream.read();
        return exchange.result;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        try {
            if (msg instanceof StreamHead head) {
                reply(ctx, Responses.status(head));
            }
        } catch (MalformedException e) {
            fail(Reason.PROTOCOL, String.valueOf(e.getMessage()));
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    private void reply(ChannelHandlerContext ctx, HttpResponseStatus status) {
        int code = status.code();
        if (code < 200) {
            ctx.read();
        } else if (code < 300) {
            timer.cancel(false);
            ctx.pipeline().remove(this);
            session.passed(at, Step.HANDSHAKE, "reply " + code, startNanos);
            result.trySuccess(ctx.channel());
        } else if (code == 407) {
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
        fail(Reason.PROTOCOL, "the server ended the stream before it had replied");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(Reason.PROTOCOL, "the server closed the stream before it had replied");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        timer.cancel(false);
        boolean refused = cause instanceof StreamResetException reset && reset.refused();
        result.tryFailure(
                refused
                        ? new DialException(Reason.REFUSED, at, Step.HANDSHAKE, String.valueOf(cause.getMessage()))
                        : DialException.from(cause, at, Step.HANDSHAKE));
    }

    private void fail(Reason reason, String detail) {
        timer.cancel(false);
        result.tryFailure(new DialException(reason, at, Step.HANDSHAKE, detail));
    }
}
