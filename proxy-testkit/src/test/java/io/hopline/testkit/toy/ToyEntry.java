package io.hopline.testkit.toy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hopline.api.DialException;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.handshake.ServerHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Locale;

/** The inbound of {@link ToyHop}'s protocol; refusals are {@code NO} and the reason in lower case. */
record ToyEntry(Duration timeout) implements Entry {

    @Override
    public Inbound to(Outbound outbound) {
        return (client, session) -> new Handshake(client, session, outbound, timeout).run();
    }

    private static final class Handshake extends ServerHandshake {

        Handshake(Channel client, Session session, Outbound outbound, Duration timeout) {
            super(client, session, outbound, timeout);
        }

        @Override
        protected void request(ByteBuf in) {
            int length = in.bytesBefore((byte) '\n');
            if (length < 0) {
                return;
            }
            String[] words = in.readString(length, US_ASCII).split(" ");
            in.skipBytes(1);
            if (words.length != 2 || !words[0].equals("OPEN")) {
                drop("no OPEN");
                return;
            }
            open(HostPort.parse(words[1]));
        }

        @Override
        protected ByteBuf opened(Channel target) {
            return Unpooled.copiedBuffer("OK\n", US_ASCII);
        }

        @Override
        protected ByteBuf refused(DialException failure) {
            return Unpooled.copiedBuffer("NO " + failure.reason().name().toLowerCase(Locale.ROOT) + "\n", US_ASCII);
        }
    }
}
