package io.hopline.testkit.toy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.handshake.ClientHandshake;
import io.hopline.api.handshake.HandshakeOutbound;
import io.hopline.api.settings.Credentials;
import io.hopline.api.transport.Server;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The outbound of a protocol of lines: {@code OPEN host:port [user password]}, answered by {@code OK}, or by {@code NO} and a word.
 */
record ToyHop(HostPort address, Duration timeout, Optional<Credentials> credentials) implements Hop {

    @Override
    public String type() {
        return "toy";
    }

    @Override
    public Optional<HostPort> server() {
        return Optional.of(address);
    }

    @Override
    public Outbound over(Outbound via, HopRef at) {
        return new HandshakeOutbound(
                new Server(address, List.of()), via, at, (target, session) -> new Handshake(at, target, session));
    }

    private final class Handshake extends ClientHandshake {

        private final HostPort target;

        Handshake(HopRef at, HostPort target, Session session) {
            super(at, session, timeout);
            this.target = target;
        }

        @Override
        protected void begin(ChannelHandlerContext ctx) {
            String proof = credentials
                    .map(c -> " " + c.user() + " " + c.password().reveal())
                    .orElse("");
            ctx.write(Unpooled.copiedBuffer("OPEN " + target + proof + "\n", US_ASCII));
        }

        @Override
        protected void reply(ChannelHandlerContext ctx, ByteBuf in) {
            int length = in.bytesBefore((byte) '\n');
            if (length < 0) {
                return;
            }
            String line = in.readString(length, US_ASCII);
            in.skipBytes(1);
            switch (line) {
                case "OK" -> succeed("OK");
                case "NO gone" -> failBehind(Reason.UNREACHABLE, line);
                case "NO way" -> fail(Reason.DENIED, line);
                case "NO entry" -> fail(Reason.AUTH, line);
                default -> fail(Reason.PROTOCOL, "neither OK nor NO");
            }
        }
    }
}
