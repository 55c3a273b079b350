package io.hopline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Transport;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a CONNECT hop says to a proxy, and what it makes of the reply (RFC 9110 section 9.3.6). */
final class ConnectHopTest {

    private static final HostPort TARGET = new HostPort("example.org", 443);

    private final MultiThreadIoEventLoopGroup loops = Transport.best().loops(1);
    private Target proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = Target.listen();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Future<Channel> dial(ConnectHop hop, HostPort target) {
        EventLoop loop = loops.next();
        Session session = Session.of("test", "test", new LocalAddress("client"), loop, SessionObserver.NONE);
        return loop.submit(() ->
                        hop.over(new LoopbackOutbound(), HopRef.of(1, hop)).dial(target, session))
                .syncUninterruptibly()
                .getNow();
    }

    private ConnectHop hop() {
        return ConnectHop.to(proxy.address());
    }

    private DialException failure(String reply) throws Exception {
        Future<Channel> dialed = dial(hop(), TARGET);
        try (Wire server = proxy.accept()) {
            server.readHead();
            server.write(reply).endOutput();
            assertThat(dialed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.readAll()).as("nothing more is said").isEmpty();
        }
        return (DialException) dialed.cause();
    }

    @Test
    void sendsCredentialsInUtf8() throws Exception {
        dial(hop().withAuth("test", "123\u00a3"), TARGET);
        try (Wire server = proxy.accept()) {
            // The example of RFC 7617 section 2.1.
            assertThat(server.readHead()).contains("\r\nProxy-Authorization: Basic dGVzdDoxMjPCow==\r\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.0 200 Connection established\r\nProxy-agent: x\r\n\r\n",
                "HTTP/1.1 200\r\n\r\n",
                "HTTP/1.1 299 \r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void keepsBytesThatFollowTheReply(String reply) throws Exception {
        for (boolean byteByByte : new boolean[] {false, true}) {
            Future<Channel> dialed = dial(hop(), TARGET);
            try (Wire server = proxy.accept()) {
                server.readHead();
                String all = reply + "220 hello";
                if (byteByByte) {
                    for (byte next : all.getBytes(StandardCharsets.US_ASCII)) {
                        server.write(next);
                    }
                } else {
                    server.write(all);
                }
                assertThat(readOf(dialed.get(10, TimeUnit.SECONDS), 9)).isEqualTo("220 hello");
                dialed.getNow().close();
            }
        }
    }

    private static String readOf(Channel channel, int length) throws InterruptedException {
        BlockingQueue<String> read = new LinkedBlockingQueue<>();
        channel.eventLoop().execute(() -> {
            channel.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
                    read.add(msg.toString(StandardCharsets.US_ASCII));
                }
            });
            channel.config().setAutoRead(true);
        });
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(read.poll(10, TimeUnit.SECONDS));
        }
        return text.toString();
    }

    @Test
    void tellsTheStatusAndWhoSaysIt() throws Exception {
        assertThat(failure("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))
                .hasMessage("target, TCP: hop 1 (connect " + proxy.address() + ") says: 403 Forbidden");
    }

    @Test
    void tellsWhatTheProxyTells() throws Exception {
        assertThat(failure("HTTP/1.1 502 Bad\u00e9 Gate\r\n\r\n")).hasMessageEndingWith("says: 502 Bad? Gate");
        assertThat(failure("HTTP/1.1 502 X\r\nContent-Type: text/plain\r\n\r\n dial: no\u0000 route \nmore"))
                .hasMessageEndingWith("says: 502 X: dial: no? route");
        assertThat(failure("HTTP/1.1 502 X\r\nContent-Type: text/html\r\n\r\n<html>"))
                .hasMessageEndingWith("says: 502 X");
    }

    @Test
    void tellsOfCredentials() throws Exception {
        DialException failure = failure("HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic realm=x\r\n\r\n");
        assertThat(failure.reason()).isEqualTo(Reason.AUTH);
        assertThat(failure).hasMessageEndingWith("handshake: the proxy wants a user name and a password");
    }

    static Stream<Arguments> refusesWhatIsNoReply() {
        return Stream.of(
                Arguments.of("a bare LF (RFC 9112 2.2)", "HTTP/1.1 200 OK\n\r\n"),
                Arguments.of("a bare LF behind a field", "HTTP/1.1 200 OK\r\nA: b\n\r\n"),
                Arguments.of("a bare CR in a field", "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n"),
                Arguments.of("folding (RFC 9112 5.2)", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n"),
                Arguments.of("a space before the colon (RFC 9112 5.1)", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n"),
                Arguments.of("no colon", "HTTP/1.1 200 OK\r\nnothing\r\n\r\n"),
                Arguments.of("a control byte", "HTTP/1.1 200 OK\r\nA: \u0001\r\n\r\n"),
                Arguments.of("a NUL", "HTTP/1.1 200 OK\r\nA: \0\r\n\r\n"),
                Arguments.of("another version", "HTTP/2.0 200 OK\r\n\r\n"),
                Arguments.of("another protocol", "SSH-2.0-x\r\n\r\n"),
                Arguments.of("no status", "HTTP/1.1 OK\r\n\r\n"),
                Arguments.of("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n"),
                Arguments.of("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
                Arguments.of("two spaces (RFC 9112 4)", "HTTP/1.1  200 OK\r\n\r\n"),
                Arguments.of("an empty line first", "\r\nHTTP/1.1 200 OK\r\n\r\n"),
                Arguments.of("a switch of protocols", "HTTP/1.1 101 Switching\r\n\r\n"),
                Arguments.of("a head cut short", "HTTP/1.1 200 OK\r\nA:"),
                Arguments.of("nothing", ""),
                Arguments.of("a head without end", "HTTP/1.1 200 OK\r\nA: " + "b".repeat(70_000)),
                Arguments.of("interim replies without end", "HTTP/1.1 102 Wait\r\n\r\n".repeat(4_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesWhatIsNoReply(String rule, String reply) throws Exception {
        DialException failure = failure(reply);
        assertThat(failure.reason()).as(rule).isEqualTo(Reason.PROTOCOL);
        assertThat(failure.at().position()).isEqualTo(1);
    }

    @Test
    void showsNoPassword() {
        assertThat(hop().withAuth("alice", "wonderland").toString()).doesNotContain("wonderland");
        assertThat(hop().describe()).isEqualTo("connect://" + proxy.address());
    }

    @Test
    void refusesAColonInAName() {
        assertThatThrownBy(() -> Settings.read(
                        "outbound.connect", "server = p, auth { user = \"a:b\", password = c }", ConnectHop::read))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("no colon");
    }
}
