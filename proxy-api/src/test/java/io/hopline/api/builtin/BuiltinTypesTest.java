package io.hopline.api.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.builtin.DnsServer.Answer;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuiltinTypesTest {
    private final EventLoopGroup loops = Transport.best().loops(1);

    @AfterEach
    void endLoops() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void blockDeniesEverythingAtItsOwnPlace() throws Exception {
        Hop block = Settings.read("outbound.block", "", new BlockOutboundFactory()::read);
        assertThat(block.carriesStreams()).isFalse();
        DialException failure = failure(dial(block, new HostPort("example.org", 443)));
        assertThat(failure).hasMessage("hop 1 (block), TCP: blocked by the config");
        assertThat(failure.reason()).isEqualTo(Reason.DENIED);
    }

    @Test
    void directConnectsFromTheAddressThatItIsBoundTo() throws Exception {
        try (ServerSocket server = listen()) {
            Hop direct = direct("bind = 127.0.0.2");
            Channel channel =
                    Objects.requireNonNull(await(dial(direct, to(server))).getNow());
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
            }
            channel.close().sync();
        }
    }

    @Test
    void directTellsThatItCannotReachTheOtherFamilyFromItsAddress() throws Exception {
        DialException failure = failure(dial(direct("bind = 127.0.0.2"), new HostPort("::1", 443)));
        assertThat(failure).hasMessage("target, TCP: no address of ours to reach [::1]:443");
        assertThat(failure.reason()).isEqualTo(Reason.UNROUTABLE);
    }

    @Test
    void directTellsThatItsAddressIsNotOfThisMachine() throws Exception {
        try (ServerSocket server = listen()) {
            DialException failure = failure(dial(direct("bind = 192.0.2.1"), to(server)));
            assertThat(failure).hasMessage("target, TCP: no address of ours to reach " + to(server));
        }
    }

    @Test
    void directTriesTheNextAddressOfANameWhenOneRefuses() throws Exception {
        try (DnsServer dns = new DnsServer();
                ServerSocket server = listen()) {
            dns.on("AAAA two.example", Answer.NO_DATA).on("A two.example", Answer.of("127.0.0.3", "127.0.0.1"));
            Hop direct = direct("name-servers = [\"" + HostPort.of(dns.address()) + "\"]");
            HostPort target = new HostPort("two.example", server.getLocalPort());
            Channel channel = Objects.requireNonNull(await(dial(direct, target)).getNow());
            assertThat(HostPort.of((InetSocketAddress) channel.remoteAddress())).isEqualTo(to(server));
            channel.close().sync();
        }
    }

    @Test
    void directTellsThatANameDoesNotExist() throws Exception {
        try (DnsServer dns = new DnsServer()) {
            dns.on("AAAA no.example", Answer.NXDOMAIN).on("A no.example", Answer.NXDOMAIN);
            Hop direct = direct("name-servers = \"" + HostPort.of(dns.address()) + "\"");
            assertThat(failure(dial(direct, new HostPort("no.example", 1))))
                    .hasMessage("target, name resolution: unknown name no.example (NXDOMAIN)");
        }
    }

    @ParameterizedTest
    @CsvSource({"dns.example, not an IP address", "192.0.2.1:0, port 0 can't be reached"})
    void directWantsNameServersByAddress(String server, String why) {
        assertThatThrownBy(() -> direct("name-servers = [\"" + server + "\"]"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageEndingWith(
                        "name-servers: expected IP addresses, with or without a port, got \"" + server + "\": " + why);
    }

    @Test
    void directStandsOnlyAtTheNearEndOfAChain() {
        assertThat(Chain.objections(List.of(direct(""), direct(""))))
                .containsExactly("hop 2 (direct) opens sockets itself, so it can only be the first of a chain");
    }

    @Test
    void tcpWantsATarget() {
        assertThatThrownBy(() -> Settings.read("inbound.tcp", "", new TcpInboundFactory()::read))
                .hasMessageEndingWith("target: missing; expected host:port");
    }

    private static Hop direct(String hocon) {
        return Settings.read("outbound.direct", hocon, new DirectOutboundFactory()::read);
    }

    private Future<Channel> dial(Hop hop, HostPort target) throws Exception {
        EventLoop loop = loops.next();
        Session session = Session.of("test", "test", new InetSocketAddress(0), loop, SessionObserver.NONE);
        return loop.submit(
                        () -> Chain.of(hop).over(DirectOutbound.withDefaults()).dial(target, session))
                .get(5, TimeUnit.SECONDS);
    }

    private static DialException failure(Future<Channel> dialed) throws Exception {
        return (DialException) Objects.requireNonNull(await(dialed).cause());
    }

    private static Future<Channel> await(Future<Channel> dialed) throws Exception {
        assertThat(dialed.await(5, TimeUnit.SECONDS)).as("done").isTrue();
        return dialed;
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 5, NetUtil.LOCALHOST4);
    }

    private static HostPort to(ServerSocket server) {
        return new HostPort("127.0.0.1", server.getLocalPort());
    }
}
