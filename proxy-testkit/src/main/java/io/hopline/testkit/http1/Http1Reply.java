package io.hopline.testkit.http1;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Session;
import io.hopline.api.handshake.ClientHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes a CONNECT on in HTTP/1.1, and reads the answer. */
final class Http1Reply extends ClientHandshake {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([2-5]\\d\\d) [^\r]*\r");

    private final HttpRequest request;
    private final IntConsumer refused;

    /** @param refused is told the status of an answer that refuses the tunnel */
    Http1Reply(HopRef at, Session session, HttpRequest request, IntConsumer refused) {
        super(at, session, Duration.ofMinutes(1));
        this.request = request;
        this.refused = refused;
    }

    @Override
    protected void begin(ChannelHandlerContext ctx) {
        String authorization = request.headers().get(HttpHeaderNames.PROXY_AUTHORIZATION);
        String head = "CONNECT " + request.uri() + " HTTP/1.1\r\nHost: " + request.uri() + "\r\n"
                + (authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n") + "\r\n";
        ctx.write(ByteBufUtil.writeAscii(ctx.alloc(), head));
    }

    @Override
    protected void reply(ChannelHandlerContext ctx, ByteBuf in) throws ProtocolException {
        String text = in.toString(StandardCharsets.ISO_8859_1);
        int line = text.indexOf('\n');
        Matcher start = STATUS.matcher(text.substring(0, Math.max(line, 0)));
        if (line >= 0 && !start.matches()) {
            throw new ProtocolException("no status line");
        }
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        in.skipBytes(end + 4);
        int code = Integer.parseInt(start.group(1));
        if (code < 300) {
            succeed("reply " + code);
        } else {
            refused.accept(code);
            fail(Reason.REFUSED, "reply " + code);
        }
    }
}
