package io.hopline.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that holds its body back, for leave to send it or for what is said without it; on a clock of the test's own. */
final class ContinueTest {

    private static final String HEAD = "POST http://origin.example/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n";

    /** Longer than a body may stall that is awaited. */
    private static final int LONG = 60;

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel origin = new EmbeddedChannel();
    private final InboundGuard guard = new InboundGuard(GuardSettings.DEFAULT);

    @BeforeEach
    void serve() {
        client.freezeTime();
        client.config().setAutoRead(false);
        origin.config().setAutoRead(false);
        Session session = Session.of("test", "test", client.remoteAddress(), client.eventLoop(), SessionObserver.NONE);
        HttpEntry.create()
                .to((target, from) -> from.loop().newSucceededFuture(origin))
                .accept(client, session.withGuard(guard.guard(client)));
    }

    @AfterEach
    void release() {
        client.finishAndReleaseAll();
        origin.finishAndReleaseAll();
    }

    @Test
    void mayTakeAsLongAsTheOriginDoesToGiveLeave() {
        say(client, HEAD + "Expect: 100-continue\r\n\r\n");
        assertThat(said(origin)).containsIgnoringCase("expect: 100-continue");
        pass(LONG);
        assertThat(said(client)).isEmpty();
        say(origin, "HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(said(client)).startsWith("HTTP/1.1 100 ");
        pass(LONG);
        assertThat(said(client)).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void mayHearTheWholeResponseFirst() {
        say(client, HEAD + "\r\n");
        said(origin);
        say(origin, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nno");
        pass(LONG);
        say(origin, "ne");
        assertThat(said(client)).startsWith("HTTP/1.1 200 ").endsWith("none");
    }

    @Test
    void hasToBeginSoonerIfNothingKeepsItWaiting() {
        say(client, HEAD + "\r\n");
        pass(LONG);
        assertThat(said(client)).startsWith("HTTP/1.1 408 ");
    }

    private static void say(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private static String said(EmbeddedChannel channel) {
        StringBuilder said = new StringBuilder();
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf bytes) {
                said.append(bytes.toString(US_ASCII));
                bytes.release();
            }
        }
        return said.toString();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            client.advanceTimeBy(1, TimeUnit.SECONDS);
            client.runScheduledPendingTasks();
        }
    }
}
