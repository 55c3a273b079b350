package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Inbound;
import io.hopline.api.Recognizer;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.transport.Recognition.Choice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecognitionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final List<Served> served = new ArrayList<>();
    private final StringBuilder taken = new StringBuilder();
    private final EmbeddedChannel client = new EmbeddedChannel();
    private int reads;

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
    }

    @Test
    void handsOverToWhoeverKnowsTheFirstBytesAndIsGone() {
        recognize(choice("GET"), choice("PUT"));
        send("PUT it");
        assertThat(taken).asString().isEqualTo("PUT<PUT it>");
        assertThat(client.pipeline().get(Recognition.class)).isNull();
        assertThat(client.runScheduledPendingTasks())
                .as("time to the next timer")
                .isEqualTo(-1);
        assertThat(served).isEmpty();
    }

    @Test
    void asksForMoreByteByByte() {
        recognize(choice("GET"), choice("GOT"));
        assertThat(reads).isEqualTo(1);
        send("G");
        assertThat(reads).isEqualTo(2);
        send("O");
        assertThat(reads).isEqualTo(3);
        send("T");
        assertThat(taken).asString().isEqualTo("GOT<GOT>");
    }

    @Test
    void keepsBytesThatComeRightBehindInOrder() {
        recognize(choice("GET"));
        client.writeOneInbound(bytes("GE"));
        client.writeOneInbound(bytes("T a"));
        client.flushInbound();
        client.writeInbound(bytes(" then b"));
        assertThat(taken).asString().isEqualTo("GET<GET a>< then b>");
    }

    @Test
    void letsAnEarlierChoiceWaitForItsBytes() {
        recognize(choice("GET/2"), choice("GET"));
        send("GET");
        assertThat(taken).isEmpty();
        send("/2");
        assertThat(taken).asString().isEqualTo("GET/2<GET/2>");
    }

    @Test
    void takesTheNextChoiceOnceTheEarlierSaysNo() {
        recognize(choice("GET/2"), choice("GET"));
        send("GET");
        send(" ");
        assertThat(taken).asString().isEqualTo("GET<GET >");
    }

    @Test
    void asksFirstWhoIsCertain() {
        recognize(choice("GET"), choice("GET/2", true));
        send("GET");
        assertThat(taken).isEmpty();
        send("/2");
        assertThat(taken).asString().isEqualTo("GET/2<GET/2>");
    }

    @Test
    void takesTheNextChoiceWhenTheClientHasSaidItsLast() {
        recognize(choice("GET/2"), choice("GET"));
        send("GET");
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(taken).asString().isEqualTo("GET<GET><end>");
    }

    @Test
    void waitsForNoMoreBytesThanARecognizerMayAskFor() {
        recognize(new Choice(first -> Match.MORE, inbound("NEVER")), choice("A"));
        send("A".repeat(23));
        assertThat(taken).isEmpty();
        send("A");
        assertThat(taken).asString().startsWith("A<AAA");
    }

    @Test
    void closesOnBytesThatNobodyKnows() {
        recognize(choice("GET"), choice("PUT"));
        send("\0\1garbage");
        assertDropped("no protocol of this port begins with 0x0001676172626167");
    }

    @Test
    void saysThatTlsIsNotSpokenHere() {
        recognize(choice("GET"));
        send("\26\3\1\2");
        assertDropped("no protocol of this port begins with 0x16030102, which is TLS");
    }

    @Test
    void closesOnSilence() {
        client.freezeTime();
        recognize(choice("GET"));
        send("G");
        pass(9_999);
        assertThat(client.isOpen()).isTrue();
        pass(1);
        assertDropped("said too little to be recognized within 10000 ms");
    }

    @Test
    void tellsThatAClientLeftWithoutAWord() {
        recognize(choice("GET"));
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertDropped("client left without a word");
    }

    @Test
    void tellsThatAClientLeftTooEarly() {
        recognize(choice("GET"));
        send("G");
        client.close();
        assertDropped("client left before it could be told what it speaks");
    }

    @Test
    void closesWhenARecognizerThrows() {
        recognize(new Choice(
                first -> {
                    throw new IllegalStateException("a bug");
                },
                inbound("NEVER")));
        send("G");
        assertDropped("a bug");
    }

    private void recognize(Choice... choices) {
        client.config().setAutoRead(false);
        client.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) throws Exception {
                reads++;
                super.read(ctx);
            }
        });
        SessionObserver observer = new SessionObserver() {
            @Override
            public void served(Session session, Served what) {
                served.add(what);
            }
        };
        Session session = Session.of("test", "test", new InetSocketAddress(0), client.eventLoop(), observer);
        Recognition.of(List.of(choices), TIMEOUT).accept(client, session);
    }

    private Choice choice(String prefix) {
        return choice(prefix, false);
    }

    private Choice choice(String prefix, boolean certain) {
        return new Choice(new Prefix(prefix, certain), inbound(prefix));
    }

    private record Prefix(String prefix, boolean isCertain) implements Recognizer {
        @Override
        public Match match(ByteBuf first) {
            String said = first.toString(StandardCharsets.US_ASCII);
            if (said.startsWith(prefix)) {
                return Match.YES;
            }
            return prefix.startsWith(said) ? Match.MORE : Match.NO;
        }
    }

    /** Notes its name, then all it reads. */
    private Inbound inbound(String name) {
        return (channel, session) -> {
            taken.append(name);
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object msg) {
                    ByteBuf bytes = (ByteBuf) msg;
                    taken.append('<')
                            .append(bytes.toString(StandardCharsets.ISO_8859_1))
                            .append('>');
                    bytes.release();
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    taken.append("<end>");
                }
            });
            channel.read();
        };
    }

    private void send(String text) {
        client.writeInbound(bytes(text));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private void pass(long millis) {
        client.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        client.runScheduledPendingTasks();
    }

    private void assertDropped(String outcome) {
        assertThat(client.isOpen()).isFalse();
        assertThat(taken).isEmpty();
        assertThat(served).extracting(Served::outcome).containsExactly(outcome);
    }
}
