package com.example.line;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.handshake.ClientHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.Optional;

/** Asks a {@code line} server for a target. */
final class LineClientHandshake extends ClientHandshake {

    private final HostPort target;

    LineClientHandshake(HopRef at, Session session, Duration timeout, HostPort target) {
        super(at, session, timeout);
        this.target = target;
    }

    @Override
    protected void begin(ChannelHandlerContext ctx) {
        ctx.write(Line.write(Line.DIAL + target));
    }

    @Override
    protected void reply(ChannelHandlerContext ctx, ByteBuf in) throws MalformedLineException {
        Optional<String> line = Line.read(in);
        if (line.isEmpty()) {
            return;
        }
        if (line.get().equals(Line.OK)) {
            succeed(Line.OK);
        } else if (line.get().startsWith(Line.NO)) {
            failBehind(Reason.REFUSED, line.get());
        } else {
            fail(Reason.PROTOCOL, "the reply is neither OK nor NO");
        }
    }
}
