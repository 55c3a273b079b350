package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.HttpFraming;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.Recognizer;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which clients of an inbound without TLS are served as ALPN would have it. */
class PriorKnowledgeTest {

    private static final AlpnProtocol TOLD = new AlpnProtocol() {
        @Override
        public Optional<Recognizer> recognizer() {
            return Optional.of(first -> {
                int length = Math.min(3, first.readableBytes());
                boolean alike =
                        "PRI".startsWith(first.toString(first.readerIndex(), length, StandardCharsets.US_ASCII));
                return !alike ? Match.NO : length == 3 ? Match.YES : Match.MORE;
            });
        }

        @Override
        public Inbound over(Inbound next) {
            return next;
        }
    };

    private static final AlpnProtocol UNTOLD = next -> {
        throw new IllegalArgumentException("not asked, since no first bytes tell it");
    };

    private final List<Session> served = new ArrayList<>();
    private final EmbeddedChannel client = new EmbeddedChannel();

    private final HttpInbound http = new HttpInbound() {
        @Override
        public void accept(Channel channel, Session session) {
            served.add(session);
        }

        @Override
        public void acceptHttp(Channel exchange, Session session, HttpFraming framing) {
            throw new AssertionError("no exchange here");
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(3);
        }
    };

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
    }

    @Test
    void servesAProtocolThatTheFirstBytesTell() {
        connect(http, Map.of("told", TOLD, "untold", UNTOLD));
        send("PR");
        assertThat(served).isEmpty();
        send("I * ");
        assertThat(served).extracting(Session::protocol).containsExactly("told");
    }

    @Test
    void servesEveryOtherClientAsBefore() {
        connect(http, Map.of("told", TOLD));
        send("PRO");
        assertThat(served).extracting(Session::protocol).containsExactly("http");
    }

    @Test
    void isAsPatientAsTheInbound() {
        client.freezeTime();
        connect(http, Map.of("told", TOLD));
        client.advanceTimeBy(2999, TimeUnit.MILLISECONDS);
        client.runScheduledPendingTasks();
        assertThat(client.isOpen()).isTrue();
        client.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        client.runScheduledPendingTasks();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void leavesAloneWhatServesNoHttpAndWhereNothingCanBeTold() {
        Inbound other = (channel, session) -> {};
        assertThat(PriorKnowledge.over(other, Map.of("told", TOLD))).isSameAs(other);
        assertThat(PriorKnowledge.over(http, Map.of("untold", UNTOLD))).isSameAs(http);
    }

    private void connect(HttpInbound inbound, Map<String, AlpnProtocol> alpn) {
        Session session = Session.of("front", "lab", new InetSocketAddress(0), client.eventLoop(), SessionObserver.NONE)
                .withProtocol("http");
        PriorKnowledge.over(inbound, alpn).accept(client, session);
    }

    private void send(String text) {
        client.writeInbound(ByteBufUtil.writeAscii(client.alloc(), text));
    }
}
