package io.hopline.connect;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.handshake.ClientHandshake;
import io.hopline.api.handshake.ConnectRefusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks an HTTP proxy for a tunnel, and says nothing more before the proxy's 2xx (RFC 9110 section 9.3.6). */
public final class ConnectHandshake extends ClientHandshake {

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
        } else if (status == ConnectRefusal.AUTHENTICATION_REQUIRED) {
            fail(Reason.AUTH, ConnectRefusal.authentication(authorization.isPresent()));
        } else {
            int length = ConnectRefusal.isReadable(reply::field)
                    ? Math.min(in.readableBytes(), ConnectRefusal.LONGEST_EXCERPT)
                    : 0;
            String body = in.toString(in.readerIndex(), length, StandardCharsets.US_ASCII);
            failBehind(ConnectRefusal.reason(status), ConnectRefusal.told(status + " " + reply.reason(), body));
        }
    }
}
