package io.hopline.api.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a client whose handshake waits for an answer from elsewhere. */
final class AwaitedAnswerTest {

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final List<String> outcomes = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final Promise<String> answer = client.eventLoop().newPromise();

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
    }

    @Test
    void isServedOnOnceTheAnswerHasCome() {
        ask(answers::add);
        answer.setSuccess("yes");
        assertThat(answers).containsExactly("yes");
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void isLetGoWhenTheAnswerFails() {
        ask(answers::add);
        answer.setFailure(new IllegalStateException("nobody knows"));
        assertThat(answers).isEmpty();
        assertLetGo("nobody knows");
    }

    @Test
    void isLetGoWhenWhatTheAnswerIsForThrows() {
        ask(yes -> {
            throw new IllegalStateException("a defect");
        });
        answer.setSuccess("yes");
        assertLetGo("a defect");
    }

    private void assertLetGo(String outcome) {
        assertThat(client.isOpen()).isFalse();
        assertThat(outcomes).containsExactly(outcome);
    }

    private void ask(Consumer<String> then) {
        Session session = Session.of("test", "test", client.remoteAddress(), client.eventLoop(), new SessionObserver() {
            @Override
            public void served(Session session, Served served) {
                outcomes.add(served.outcome());
            }
        });
        new Asking(session, then).run();
        client.writeInbound(Unpooled.copyLong(1));
    }

    /** Waits for the answer as soon as its client says anything. */
    private final class Asking extends ServerHandshake {

        private final Consumer<String> then;

        Asking(Session session, Consumer<String> then) {
            super(client, session, (target, from) -> from.loop().newPromise(), Duration.ofDays(1));
            this.then = then;
        }

        @Override
        protected void request(ByteBuf in) {
            in.skipBytes(in.readableBytes());
            await(answer, then);
        }

        @Override
        protected ByteBuf opened(Channel target) {
            throw new AssertionError("nothing was dialed");
        }

        @Override
        protected ByteBuf refused(DialException failure) {
            throw new AssertionError("nothing was dialed");
        }
    }
}
