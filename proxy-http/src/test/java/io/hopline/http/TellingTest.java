package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Inbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When the observer is told of a request. */
final class TellingTest {

    private final CountDownLatch answered = new CountDownLatch(1);
    private final CompletableFuture<Boolean> toldBehindTheAnswer = new CompletableFuture<>();

    /** Holds the event loop up until the client has its response. */
    private final SessionObserver observer = new SessionObserver() {
        @Override
        public void served(Session session, Served served) {
            try {
                toldBehindTheAnswer.complete(answered.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                toldBehindTheAnswer.completeExceptionally(e);
            }
        }
    };

    @Test
    void noClientWaitsForTheObserver() throws Exception {
        Inbound forwarding = HttpEntry.create().to(new LoopbackOutbound());
        try (Target origin = Target.listen();
                LiveInbound inbound =
                        new LiveInbound((channel, session) -> forwarding.accept(channel, observed(session)));
                Wire client = inbound.connect()) {
            client.write("GET http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\n\r\n");
            try (Wire server = origin.accept()) {
                server.readHead();
                server.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                client.readThrough("\r\n\r\nhi");
            }
            answered.countDown();

            assertThat(toldBehindTheAnswer.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Session observed(Session session) {
        return new Session(
                session.id(),
                session.inbound(),
                session.chain(),
                session.protocol(),
                session.client(),
                session.user(),
                session.loop(),
                session.towards(),
                session.guard(),
                observer);
    }
}
