package io.hopline.api.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.builtin.DirectOutbound;
import io.hopline.api.transport.Listener;
import io.hopline.api.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a tunnel between two TCP sockets keeps, however they end. */
final class RelayTest {

    private static final int PATIENCE_MILLIS = 20_000;

    /** More than the buffers of two sockets hold, so that much of it is still on its way when the target closes. */
    private static final int PENDING = 16 << 20;

    static final byte[] LAST_WORDS = "no more of that".getBytes(StandardCharsets.US_ASCII);

    private final CompletableFuture<Served> served = new CompletableFuture<>();
    private final ServerSocket target;

    RelayTest() throws IOException {
        target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        target.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void closeTarget() throws IOException {
        target.close();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void deliversWhatIsPendingWhenATargetClosesAfterTheClientsEnd(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        EventLoopGroup loops = transport.loops(1);
        try (Socket client = connect(transport, loops, new NoReply());
                Socket accepted = target.accept()) {
            client.shutdownOutput();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendAndClose(accepted));
            assertThat(readToEnd(client.getInputStream())).isEqualTo(PENDING);
            sent.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                    .returns(Served.OK, Served::outcome)
                    .returns((long) PENDING, Served::down);
        } finally {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
    }

    /** Who closes a connection with something unread resets it: what it has said before that tells why. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void deliversTheLastWordsOfATargetThatTakesNoMore(Transport transport) throws Exception {
        expectLastWords(
                transport, new NoReply(), client -> client.getOutputStream().write('b'));
        assertThat(outcome()).isEqualTo("target reset the connection");
    }

    /** The client's end may come just when nobody is there any more who would take it. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void deliversTheLastWordsOfATargetThatTakesNoEnd(Transport transport) throws Exception {
        expectLastWords(transport, new NoReply(), Socket::shutdownOutput);
        assertThat(outcome()).isEqualTo("target reset the connection");
    }

    /** TLS does not tell that it could not write, but how it ends. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void saysHowALayerEndedThatTookNoMore(Transport transport) throws Exception {
        expectLastWords(
                transport, new Layered(), client -> client.getOutputStream().write('b'));
        assertThat(outcome()).isEqualTo("target: cut short");
    }

    private void expectLastWords(Transport transport, Tunnels.Reply reply, Act act) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        EventLoopGroup loops = transport.loops(1);
        try (Socket client = connect(transport, loops, reply);
                Socket accepted = target.accept()) {
            client.getOutputStream().write('a');
            assertThat(accepted.getInputStream().read()).isEqualTo('a');

            Runnable goOn = holdUp(loops.next());
            act.by(client);
            sayLast(accepted);
            goOn.run();

            assertThat(client.getInputStream().readNBytes(LAST_WORDS.length)).isEqualTo(LAST_WORDS);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
            outcome();
        } finally {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
    }

    private String outcome() throws Exception {
        return served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).outcome();
    }

    /** What a client does. */
    private interface Act {
        void by(Socket client) throws IOException;
    }

    /** A reset overtakes what the client does not take. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void keepsNoClientThatTakesNothingForTheLastWordsOfATarget(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        EventLoopGroup loops = transport.loops(1);
        try (Socket client = connect(transport, loops, new Full());
                Socket accepted = target.accept()) {
            client.getOutputStream().write('a');
            assertThat(accepted.getInputStream().read()).isEqualTo('a');

            Runnable goOn = holdUp(loops.next());
            client.getOutputStream().write('b');
            sayLast(accepted);
            goOn.run();

            assertThat(served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).outcome())
                    .isEqualTo("target reset the connection");
            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
        } finally {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
    }

    /** Says {@link #LAST_WORDS} and resets the connection. */
    static void sayLast(Socket socket) throws IOException {
        socket.getOutputStream().write(LAST_WORDS);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Has the loop notice nothing before what is returned is run: it then meets all that has happened at once. */
    static Runnable holdUp(EventLoop loop) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Void> released = new CompletableFuture<>();
        loop.execute(() -> {
            held.countDown();
            released.join();
        });
        held.await();
        return () -> released.complete(null);
    }

    private Socket connect(Transport transport, EventLoopGroup loops, Tunnels.Reply reply) throws IOException {
        HostPort to = new HostPort("127.0.0.1", target.getLocalPort());
        SessionObserver observer = new SessionObserver() {
            @Override
            public void served(Session session, Served what) {
                served.complete(what);
            }
        };
        Channel listener = Listener.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        transport,
                        loops,
                        (client, session) -> Tunnels.open(client, to, session, DirectOutbound.withDefaults(), reply),
                        channel -> Session.of("test", "direct", channel.remoteAddress(), channel.eventLoop(), observer))
                .syncUninterruptibly()
                .channel();
        Socket client = new Socket();
        client.setReceiveBufferSize(64 << 10);
        client.setSoTimeout(PATIENCE_MILLIS);
        client.connect(listener.localAddress());
        return client;
    }

    private static void sendAndClose(Socket socket) {
        try (socket) {
            socket.getOutputStream().write(new byte[PENDING]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long readToEnd(InputStream in) throws IOException {
        long total = 0;
        byte[] chunk = new byte[4 << 10];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            total += n;
        }
        return total;
    }

    /** A tunnel whose client takes nothing more. */
    private static final class Full extends NoReply {

        @Override
        public void opened(Channel client, Channel target) {
            client.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        }
    }

    /** A tunnel whose target speaks by a layer like TLS. */
    private static final class Layered extends NoReply {

        @Override
        public void opened(Channel client, Channel target) {
            target.pipeline().addLast(new ChannelDuplexHandler() {
                @Override
                public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                    ctx.write(msg, ctx.newPromise());
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    if (event == ChannelInputShutdownEvent.INSTANCE) {
                        ctx.fireExceptionCaught(new IOException("cut short"));
                    } else {
                        ctx.fireUserEventTriggered(event);
                    }
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    ctx.fireExceptionCaught(new IOException("cut short", cause));
                }
            });
        }
    }

    /** A tunnel whose client asked for nothing. */
    static class NoReply implements Tunnels.Reply {

        @Override
        public void opened(Channel client, Channel target) {}

        @Override
        public void refused(Channel client, DialException failure) {
            client.close();
        }
    }
}
