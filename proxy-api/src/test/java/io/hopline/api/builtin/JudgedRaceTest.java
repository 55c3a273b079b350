package io.hopline.api.builtin;

import static io.netty.channel.socket.SocketProtocolFamily.INET;
import static io.netty.channel.socket.SocketProtocolFamily.INET6;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.guard.TargetRules;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The address that was judged is the one that is dialed, so that no name can be bound to another one in between. */
final class JudgedRaceTest {
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final FakeNames names = new FakeNames();
    private final FakeSockets sockets = new FakeSockets();

    @BeforeEach
    void freeze() {
        clock.freezeTime();
    }

    @AfterEach
    void closeClock() {
        clock.close();
    }

    @Test
    void skipsTheAddressesThatAreDenied() {
        Future<Channel> dialed = dial("deny 2001:db8::1", "deny 192.0.2.2");
        names.answer(INET6, "2001:db8::1");
        names.answer(INET, "192.0.2.2", "192.0.2.1");
        assertThat(sockets.tried()).containsExactly("192.0.2.1:443");
        sockets.accept("192.0.2.1:443");
        assertThat(dialed.getNow()).isSameAs(sockets.channel("192.0.2.1:443"));
    }

    @Test
    void isDeniedWhenNoOtherAddressAnswers() {
        Future<Channel> dialed = dial("deny 192.0.2.2");
        names.answer(INET6);
        names.answer(INET, "192.0.2.2", "192.0.2.1");
        sockets.refuse("192.0.2.1:443");
        assertDenied(dialed, "rule \"deny 192.0.2.2\"");
    }

    @Test
    void isDeniedWhenEveryAddressIs() {
        Future<Channel> dialed = dial("deny 2001:db8::/32", "deny 192.0.2.0/24");
        names.answer(INET6, "2001:db8::1");
        names.answer(INET, "192.0.2.1", "::ffff:192.0.2.2");
        assertThat(sockets.tried()).isEmpty();
        assertDenied(dialed, "rule \"deny 192.0.2.0/24\"");
        assertThat(clock.runScheduledPendingTasks())
                .as("time to the next timer")
                .isEqualTo(-1);
    }

    private Future<Channel> dial(String... rules) {
        InboundGuard inbound = new InboundGuard(GuardSettings.DEFAULT.withTargets(TargetRules.of(rules)));
        Session session = Session.of("test", "test", new InetSocketAddress(0), clock.eventLoop(), SessionObserver.NONE)
                .withGuard(inbound.guard(clock));
        return new DirectOutbound(names, sockets, Duration.ofSeconds(10), Optional.empty(), Optional.empty())
                .dial(new HostPort("example.org", 443), session);
    }

    private static void assertDenied(Future<Channel> dialed, String why) {
        assertThat(dialed.cause())
                .hasMessage("target, TCP: denied by the rules of this proxy: " + why)
                .isInstanceOfSatisfying(
                        DialException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DENIED));
    }
}
