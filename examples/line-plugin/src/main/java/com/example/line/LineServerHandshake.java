package com.example.line;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.handshake.ServerHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;

/** Answers a {@code line} client. */
final class LineServerHandshake extends ServerHandshake {

    LineServerHandshake(Channel client, Session session, Outbound outbound, Duration timeout) {
        super(client, session, outbound, timeout);
    }

    @Override
    protected void request(ByteBuf in) throws MalformedLineException {
        Optional<String> line = Line.read(in);
        if (line.isEmpty()) {
            return;
        }
        if (!line.get().startsWith(Line.DIAL)) {
            refuse(Line.write(Line.NO + "expected DIAL host:port"), "the request is no DIAL");
            return;
        }
        HostPort target;
        try {
            target = HostPort.parse(line.get().substring(Line.DIAL.length())).reachable();
        } catch (IllegalArgumentException e) {
            refuse(Line.write(Line.NO + e.getMessage()), "the target is no host:port that can be reached");
            return;
        }
        open(target);
    }

    @Override
    protected ByteBuf opened(Channel target) {
        return Line.write(Line.OK);
    }

    @Override
    protected ByteBuf refused(DialException failure) {
        return Line.write(Line.NO + failure.told());
    }
}
