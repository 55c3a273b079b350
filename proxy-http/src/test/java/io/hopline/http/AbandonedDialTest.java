package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.transport.Transport;
import io.hopline.api.users.Users;
import io.hopline.api.users.Users.Answer;
import io.hopline.connect.BasicAuthentication;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.Wire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Promise;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that nobody waits for any more, or that are refused, before their origin is reached. */
final class AbandonedDialTest {

    private static final String HEAD = "POST http://origin.invalid/ HTTP/1.1\r\nHost: origin.invalid\r\n";
    private static final String BROKEN = HEAD + "Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n";

    private final BlockingQueue<Promise<Channel>> dials = new LinkedBlockingQueue<>();
    private final Outbound never = (target, session) -> {
        Promise<Channel> promise = session.loop().newPromise();
        dials.add(promise);
        return promise;
    };

    @ParameterizedTest
    @CsvSource({
        "EPOLL, GET http://origin.invalid/, the client left before the response had ended",
        "NIO, GET http://origin.invalid/, the client left before the response had ended",
        "EPOLL, POST http://origin.invalid/, the client left before the response had ended",
        "NIO, POST http://origin.invalid/, the client left before the response had ended",
        "EPOLL, CONNECT origin.invalid:80, client left during the dial",
        "NIO, CONNECT origin.invalid:80, client left during the dial"
    })
    void stopsTheDialWhenTheClientBreaksOff(Transport transport, String asked, String outcome) throws Exception {
        try (LiveInbound inbound = new LiveInbound(HttpEntry.create().to(never), transport);
                Wire client = inbound.connect()) {
            String body = asked.startsWith("POST") ? "Content-Length: 5\r\n" : "";
            client.write(asked + " HTTP/1.1\r\nHost: origin.invalid\r\n" + body + "\r\n");
            Promise<Channel> dial = dial();
            client.reset();
            assertStopped(dial);
            assertThat(inbound.served().served().outcome()).isEqualTo(outcome);
        }
    }

    /** What has come and can't be passed on yet must not hide that its client is gone. */
    @ParameterizedTest
    @CsvSource({
        "EPOLL, GET http://origin.invalid/",
        "NIO, GET http://origin.invalid/",
        "EPOLL, POST http://origin.invalid/",
        "NIO, POST http://origin.invalid/",
        "EPOLL, CONNECT origin.invalid:80",
        "NIO, CONNECT origin.invalid:80"
    })
    void stopsTheDialWhenTheClientBreaksOffBehindMore(Transport transport, String asked) throws Exception {
        Inbound http = HttpEntry.create().to(never);
        Arrivals arrivals = new Arrivals();
        Inbound watched = (client, session) -> {
            client.pipeline().addFirst(arrivals);
            http.accept(client, session);
        };
        try (LiveInbound inbound = new LiveInbound(watched, transport);
                Wire client = inbound.connect()) {
            String body = asked.startsWith("POST") ? "Content-Length: 500\r\n" : "";
            client.write(asked + " HTTP/1.1\r\nHost: origin.invalid\r\n" + body + "\r\n");
            arrivals.await();
            Promise<Channel> dial = dial();
            for (int i = 0; i < 3; i++) {
                client.write("GET");
                if (transport == Transport.NIO) {
                    // Which tells nothing to those who don't read; epoll leaves it unread.
                    arrivals.await();
                }
            }
            client.reset();
            assertStopped(dial);
        }
    }

    /** Tells when a read of what a client has sent is over. */
    private static final class Arrivals extends ChannelInboundHandlerAdapter {
        private final Semaphore over = new Semaphore(0);

        void await() throws InterruptedException {
            assertThat(over.tryAcquire(10, TimeUnit.SECONDS)).as("it is read").isTrue();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.fireChannelReadComplete();
            over.release();
        }
    }

    @Test
    void stopsTheDialWhenTheBodyTurnsOutToBeBroken() throws Exception {
        try (LiveInbound inbound = new LiveInbound(HttpEntry.create().to(never));
                Wire client = inbound.connect()) {
            client.write(BROKEN);
            assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
            assertStopped(dial());
        }
    }

    /** Its parts come before anybody knows whether the client may ask at all. */
    @Test
    void dialsNobodyForABodyThatIsBrokenWhileThePasswordIsChecked() throws Exception {
        Users slow = (user, password, loop) -> {
            Promise<Answer> answer = loop.newPromise();
            // Behind the read that is under way, and so behind the body.
            loop.execute(() -> answer.setSuccess(Answer.RIGHT));
            return answer;
        };
        HttpEntry entry = HttpEntry.create();
        HttpEntry asking = new HttpEntry(
                new BasicAuthentication(Optional.of(slow), "test"),
                entry.limits(),
                entry.keepAlive(),
                entry.via(),
                entry.proxyStatus(),
                entry.pool());
        try (LiveInbound inbound = new LiveInbound(asking.to(never));
                Wire client = inbound.connect()) {
            client.write(BROKEN.replace(HEAD, HEAD + "Proxy-Authorization: Basic YTpi\r\n"));
            assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
        }
        assertThat(dials).isEmpty();
    }

    private Promise<Channel> dial() throws InterruptedException {
        Promise<Channel> dial = dials.poll(10, TimeUnit.SECONDS);
        assertThat(dial).isNotNull();
        return dial;
    }

    private static void assertStopped(Promise<Channel> dial) throws InterruptedException {
        assertThat(dial.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(dial.isCancelled()).isTrue();
    }
}
