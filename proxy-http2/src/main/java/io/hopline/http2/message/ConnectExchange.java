package io.hopline.http2.message;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.http2.session.Head;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a server for a tunnel to the target on a stream of its own, and leaves (RFC 9113 section 8.5). */
public final class ConnectExchange extends ChannelInboundHandlerAdapter {

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

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
     * @return fails with a {@link DialException}; closing the stream is then left to the caller
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
        stream.writeAndFlush(RequestHeads.connect(target, authorization));
        stream.read();
        return exchange.result;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof Head head)) {
            ReferenceCountUtil.release(msg);
            return;
        }
        try {
            reply(ctx, ResponseHeads.status(head).code());
        } catch (MalformedException e) {
            fail(Reason.PROTOCOL, String.valueOf(e.getMessage()));
        }
    }

    private void reply(ChannelHandlerContext ctx, int status) {
        if (status < 200) {
            ctx.read();
        } else if (status < 300) {
            timer.cancel(false);
            ctx.pipeline().remove(this);
            session.passed(at, Step.HANDSHAKE, "reply " + status, startNanos);
            if (!result.trySuccess(ctx.channel())) {
                ctx.close();
            }
        } else if (status == PROXY_AUTHENTICATION_REQUIRED) {
            fail(
                    Reason.AUTH,
                    hasCredentials
                            ? "the proxy did not take the user name and password"
                            : "the proxy wants a user name and a password");
        } else {
            timer.cancel(false);
            result.tryFailure(
                    new DialException(reason(status), session.towards(), Step.CONNECT, at + " says: status " + status));
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
        result.tryFailure(DialException.from(cause, at, Step.HANDSHAKE));
    }

    private void fail(Reason reason, String detail) {
        timer.cancel(false);
        result.tryFailure(new DialException(reason, at, Step.HANDSHAKE, detail));
    }
}
