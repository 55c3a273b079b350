package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Loops;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A connection to an origin that is ending, but not closed yet: TLS first says its close_notify, which goes out when the loop's turn
 * ends, or when the peer has room for it.
 */
final class EndingUpstreamTest {

    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String LAST = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final Semaphore endings = new Semaphore(0);
    private Target origin;
    private LiveInbound inbound;

    @BeforeEach
    void start() throws Exception {
        origin = Target.listen();
        inbound = new LiveInbound(HttpEntry.create().to(slowToClose(new LoopbackOutbound())));
    }

    @AfterEach
    void stop() throws IOException {
        inbound.close();
        origin.close();
    }

    /** How a connection comes to its end that has served a request. */
    enum Ending {
        ANNOUNCED(LAST) {
            @Override
            void end(Wire server) {}
        },
        BY_FIN(EMPTY) {
            @Override
            void end(Wire server) throws IOException {
                server.endOutput();
            }
        },
        BY_SAYING_MORE(EMPTY) {
            @Override
            void end(Wire server) throws IOException {
                server.write(EMPTY);
            }
        };

        final String response;

        Ending(String response) {
            this.response = response;
        }

        abstract void end(Wire server) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void carriesNoFurtherRequestOfItsClient(Ending ending) throws Exception {
        try (Wire client = inbound.connect().write(request("GET"))) {
            Wire first = origin.accept();
            answer(first, ending.response);
            client.readHead();
            ending.end(first);
            awaitEnding();

            client.write(request("POST"));
            try (Wire second = origin.accept()) {
                assertThat(second.readHead()).startsWith("POST ");
                second.write(EMPTY);
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    /** The client has not waited for the response, so nothing lies between that and the next request. */
    @Test
    void carriesNoRequestThatIsThereAlready() throws Exception {
        try (Wire client = inbound.connect().write(request("GET") + request("POST"));
                Wire first = origin.accept()) {
            answer(first, LAST);
            try (Wire second = origin.accept()) {
                assertThat(second.readHead()).startsWith("POST ");
                second.write(EMPTY);
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    /** Nor does anything lie between a response and the end that came along with it. */
    @Test
    void carriesNoRequestThatIsThereAlreadyWhereItsEndIsToo() throws Exception {
        try (LiveInbound inbound = new LiveInbound(HttpEntry.create().to(toldWithItsEnd(new LoopbackOutbound())));
                Wire client = inbound.connect().write(request("GET") + request("POST"));
                Wire first = origin.accept()) {
            answer(first, EMPTY);
            first.endOutput();
            try (Wire second = origin.accept()) {
                assertThat(second.readHead()).startsWith("POST ");
                second.write(EMPTY);
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    /** One turn of the loop may bring both, the request first. */
    @Test
    void carriesNoRequestThatComesInTheTurnOfItsEnd() throws Exception {
        CompletableFuture<Channel> accepted = new CompletableFuture<>();
        CompletableFuture<Channel> dialed = new CompletableFuture<>();
        Inbound proxy = HttpEntry.create()
                .to((target, session) -> new LoopbackOutbound()
                        .dial(target, session)
                        .addListener((Future<Channel> done) -> dialed.complete(done.getNow())));
        Inbound accepting = (channel, session) -> {
            accepted.complete(channel);
            proxy.accept(channel, session);
        };
        try (LiveInbound turning = new LiveInbound(accepting);
                Wire client = turning.connect().write(request("GET"));
                Wire first = origin.accept()) {
            answer(first, EMPTY);
            client.readHead();
            Loops.on(dialed.join().eventLoop(), () -> {
                byte[] post = request("POST").getBytes(StandardCharsets.ISO_8859_1);
                accepted.get()
                        .pipeline()
                        .fireChannelRead(Unpooled.wrappedBuffer(post))
                        .fireChannelReadComplete();
                return dialed.join().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            });
            try (Wire second = origin.accept()) {
                assertThat(second.readHead()).startsWith("POST ");
                second.write(EMPTY);
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BY_FIN", "BY_SAYING_MORE"})
    void carriesNoRequestOfAnotherConnection(Ending ending) throws Exception {
        Wire first;
        try (Wire client = inbound.connect().write(request("GET"))) {
            first = origin.accept();
            answer(first, ending.response);
            client.readHead();
            client.endOutput();
            assertThat(client.readAll()).isEmpty();
        }
        ending.end(first);
        awaitEnding();

        try (Wire client = inbound.connect().write(request("GET"));
                Wire second = origin.accept()) {
            answer(second, EMPTY);
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    private String request(String method) {
        return method + " http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
    }

    private static void answer(Wire server, String response) throws IOException {
        server.readHead();
        server.write(response);
    }

    private void awaitEnding() throws InterruptedException {
        assertThat(endings.tryAcquire(10, TimeUnit.SECONDS)).as("it ends").isTrue();
    }

    /** Dials channels that tell when they are to be closed, and stay open. */
    private Outbound slowToClose(Outbound via) {
        return (target, session) -> via.dial(target, session).addListener((Future<Channel> dialed) -> {
            if (dialed.isSuccess()) {
                dialed.getNow().pipeline().addLast(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                        endings.release();
                    }
                });
            }
        });
    }

    /** Dials channels of which the first hands out nothing before its input has ended, and then all of it in one go, as Netty does. */
    private static Outbound toldWithItsEnd(Outbound via) {
        AtomicBoolean any = new AtomicBoolean();
        return (target, session) -> via.dial(target, session).addListener((Future<Channel> dialed) -> {
            if (dialed.isSuccess() && any.compareAndSet(false, true)) {
                dialed.getNow().pipeline().addLast(new UntilTheEnd());
            }
        });
    }

    private static final class UntilTheEnd extends ChannelInboundHandlerAdapter {

        private final Queue<Object> held = new ArrayDeque<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            held.add(msg);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.read();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            held.forEach(ctx::fireChannelRead);
            held.clear();
            ctx.fireChannelReadComplete();
            ctx.fireUserEventTriggered(event);
        }
    }
}
