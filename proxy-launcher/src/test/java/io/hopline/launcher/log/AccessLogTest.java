package io.hopline.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {

    private static final EventLoop LOOP = new DefaultEventLoop();

    private final Session session = Session.of(
            "front", "lab", new InetSocketAddress(InetAddress.getLoopbackAddress(), 50000), LOOP, SessionObserver.NONE);

    @AfterAll
    static void end() {
        LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void tellsWhoCameFromWhereAndWhatBecameOfIt() {
        Served served =
                new Served(Optional.of(new HostPort("example.org", 443)), 12, 3400, Duration.ofMillis(56), "ok");

        assertThat(AccessLog.line(session.withProtocol("h2").withUser("ann"), served))
                .isEqualTo("id=" + session.id()
                        + " client=127.0.0.1:50000 user=ann inbound=front protocol=h2 target=example.org:443"
                        + " chain=lab up=12 down=3400 ms=56 outcome=ok");
    }

    @Test
    void putsIpv6AddressesInBrackets() throws Exception {
        Session from = session.withClient(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 50000));
        Served served = new Served(Optional.of(new HostPort("2001:db8::2", 443)), 0, 0, Duration.ZERO, "ok");

        assertThat(AccessLog.line(from, served)).contains(" client=[2001:db8::1]:50000 ", " target=[2001:db8::2]:443 ");
    }

    @Test
    void writesEveryByteOfAnIpv4Address() throws Exception {
        Session from = session.withClient(new InetSocketAddress(InetAddress.getByName("255.0.128.9"), 65535));

        assertThat(AccessLog.line(from, Served.nothing(Optional.empty(), 0, "ok")))
                .contains(" client=255.0.128.9:65535 ");
    }

    @Test
    void leavesADashForWhatNobodyKnows() {
        assertThat(line(Optional.empty(), Optional.empty(), "ok")).contains(" user=- ", " protocol=- target=- ");
    }

    @Test
    void quotesWhatHasSpaces() {
        String outcome = "hop 2 (socks5 10.0.0.5:1080), TCP: connection refused";

        assertThat(line(Optional.empty(), Optional.empty(), outcome)).endsWith(" outcome=\"" + outcome + '"');
    }

    @Test
    void letsNobodyForgeALine() {
        String name = "x\r\nid=9 user=\"root\" \\ \u001b[2J\u2028\u00e9";

        assertThat(line(Optional.of(name), Optional.empty(), "ok"))
                .contains(" user=\"x\\u000d\\u000aid=9 user=\\\"root\\\" \\\\ \\u001b[2J\\u2028\\u00e9\" ")
                .matches("[ -~]+");
    }

    @Test
    void leavesNothingOfALongLineInTheNext() {
        String outcome = "x".repeat(1000);

        assertThat(line(Optional.empty(), Optional.empty(), outcome)).endsWith(" outcome=" + outcome);
        assertThat(line(Optional.empty(), Optional.empty(), "ok")).endsWith(" down=0 ms=0 outcome=ok");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, 1_234_567_890, Long.MAX_VALUE / 10, Long.MAX_VALUE})
    void writesEveryDigit(long number) {
        Served served = new Served(Optional.empty(), number, number, Duration.ZERO, "ok");

        assertThat(AccessLog.line(session, served)).contains(" up=" + number + " down=" + number + " ms=0 ");
    }

    @Test
    void tellsAUserNamedDashFromNone() {
        assertThat(line(Optional.of("-"), Optional.empty(), "ok")).contains(" user=\"-\" ");
    }

    private String line(Optional<String> user, Optional<HostPort> target, String outcome) {
        Served served = new Served(target, 0, 0, Duration.ZERO, outcome);
        return AccessLog.line(user.map(session::withUser).orElse(session), served);
    }
}
