package io.hopline.connect;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.handshake.ClientHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Asks an HTTP proxy for a tunnel, and says nothing more before the proxy's 2xx (RFC 9110 section 9.3.6). */
public final class ConnectHandshake extends ClientHandshake {

    private static final int LONGEST_EXCERPT = 300;

    private final HostPort target;
    private final Optional<AsciiString> authorization;
    private final ReplyReader reply;

    /**
     * @param authorization the value of Proxy-Authorization, see {@link Credentials#basic}
     * @param limit bytes of a reply's head
     */
    public ConnectHandshake(
            HopRef at,
            HostPort target,
            Session session,
            Optional<AsciiString> authorization,
            Duration timeout,
            int limit) {
        super(at, session, timeout);
        this.target = target;
        this.authorization = authorization;
        this.reply = new ReplyReader(limit);
    }

    @Override
    protected void begin(ChannelHandlerContext ctx) {
        ByteBuf request = ctx.alloc().buffer(256);
        ByteBufUtil.writeAscii(request, "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n");
        authorization.ifPresent(value -> {
            ByteBufUtil.writeAscii(request, "Proxy-Authorization: ");
            ByteBufUtil.writeAscii(request, value);
            ByteBufUtil.writeAscii(request, "\r\n");
        });
        ByteBufUtil.writeAscii(request, "\r\n");
        ctx.write(request, ctx.voidPromise());
    }

    @Override
    protected void reply(ChannelHandlerContext ctx, ByteBuf in) throws Exception {
        if (!reply.read(in)) {
            return;
        }
        int status = reply.status();
        if (status < 300) {
            // Whatever the fields say, a body does not follow.
            succeed("reply " + status);
        } else if (status == 407) {
            fail(
                    Reason.AUTH,
                    authorization.isPresent()
                            ? "the proxy did not take the user name and password"
                            : "the proxy wants a user name and a password");
        } else {
            failBehind(reason(status), printable(status + " " + reply.reason()) + excerpt(in));
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

    /** The first line of a body of plain text, as far as it came along: proxies tell there what they met. */
    private String excerpt(ByteBuf in) {
        String type = reply.field(HttpHeaderNames.CONTENT_TYPE).toLowerCase(Locale.ROOT);
        boolean readable = type.startsWith("text/plain")
                && reply.field(HttpHeaderNames.CONTENT_ENCODING).isEmpty()
                && reply.field(HttpHeaderNames.TRANSFER_ENCODING).isEmpty();
        String body =
                in.toString(in.readerIndex(), Math.min(in.readableBytes(), LONGEST_EXCERPT), StandardCharsets.US_ASCII);
        String line = body.lines().findFirst().orElse("").strip();
        return readable && !line.isEmpty() ? ": " + printable(line) : "";
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?").strip();
    }
}
