package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException;
import io.hopline.api.Drain;
import io.hopline.api.Inbound;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.handshake.ServerHandshake;
import io.hopline.api.settings.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server's end means to a client that has not come to its protocol yet. */
final class DrainedClientTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final List<String> GONE = List.of("the server closed before the client had said what it wants");

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final List<String> outcomes = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final Inbound protocol = (channel, session) -> {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                seen.add(((ByteBuf) msg).toString(StandardCharsets.US_ASCII));
                ((ByteBuf) msg).release();
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                seen.add(event.toString());
            }
        });
        channel.read();
    };

    @AfterEach
    void release() {
        client.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy-protocol {}", "tls { self-signed = true }"})
    void isClosedIfItHasSaidNothingToALayer(String layer) {
        accept(layers(layer, false));
        drain();
        assertThat(client.isOpen()).isFalse();
        assertThat(outcomes).isEqualTo(GONE);
    }

    /** Which is nothing that the client itself has said. */
    @Test
    void isClosedBehindAPartOfAProxyProtocolHeader() {
        accept(layers("proxy-protocol {}", false));
        say("PROXY TCP4 192");
        drain();
        assertThat(client.isOpen()).isFalse();
        assertThat(outcomes).isEqualTo(GONE);
    }

    @Test
    void isClosedIfItHasNotSaidWhetherItSpeaksTls() {
        accept(layers("tls { self-signed = true }", true));
        drain();
        assertThat(client.isOpen()).isFalse();
        assertThat(outcomes).isEqualTo(GONE);
    }

    @Test
    void isClosedIfItHasSaidNothingToBeRecognizedBy() {
        accept(recognizing());
        drain();
        assertThat(client.isOpen()).isFalse();
        assertThat(outcomes).isEqualTo(GONE);
    }

    @Test
    void isClosedIfItHasSaidNothingToAHandshake() {
        accept((channel, session) -> new Asking(channel, session).run());
        drain();
        assertThat(client.isOpen()).isFalse();
        assertThat(outcomes).isEqualTo(GONE);
    }

    @Test
    void mayFinishAHandshakeThatIsUnderWay() {
        accept((channel, session) -> new Asking(channel, session).run());
        say("h");
        drain();
        assertThat(client.isOpen()).isTrue();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void isRecognizedFromWhatHasBegunAndThenDrained() {
        accept(recognizing());
        say("G");
        drain();
        assertThat(client.isOpen()).isTrue();
        say("ET");
        assertThat(seen).containsExactly("GET", "INSTANCE");
    }

    @Test
    void isDrainedBehindALayerThatWasUnderWay() {
        accept((channel, session) -> channel.pipeline().addLast(Leftovers.gate()));
        say("early");
        drain();
        protocol.accept(client, session());
        assertThat(seen).containsExactly("early", "INSTANCE");
    }

    private Inbound recognizing() {
        return Recognition.of(
                List.of(new Recognition.Choice(first -> first.readableBytes() < 3 ? Match.MORE : Match.YES, protocol)),
                LONG);
    }

    private Inbound layers(String hocon, boolean plainToo) {
        InboundLayers layers = Settings.read("", hocon, settings -> InboundLayers.read(settings, Map.of()));
        layers.tls().ifPresent(InboundTls::ready);
        return layers.over(protocol, plainToo, UnaryOperator.identity());
    }

    private void accept(Inbound inbound) {
        client.config().setAutoRead(false);
        inbound.accept(client, session());
    }

    private Session session() {
        return Session.of("test", "test", client.remoteAddress(), client.eventLoop(), new SessionObserver() {
            @Override
            public void served(Session session, Served served) {
                outcomes.add(served.outcome());
            }
        });
    }

    private void say(String text) {
        client.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void drain() {
        client.pipeline().fireUserEventTriggered(Drain.INSTANCE);
        client.runPendingTasks();
    }

    /** Asks without end. */
    private static final class Asking extends ServerHandshake {

        Asking(Channel client, Session session) {
            super(client, session, (target, from) -> from.loop().newPromise(), LONG);
        }

        @Override
        protected void request(ByteBuf in) {
            // It is never enough.
        }

        @Override
        protected ByteBuf opened(Channel target) {
            return Unpooled.EMPTY_BUFFER;
        }

        @Override
        protected ByteBuf refused(DialException failure) {
            return Unpooled.EMPTY_BUFFER;
        }
    }
}
