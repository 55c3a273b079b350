package io.hopline.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin's chain may be able to do anything besides dialing: the guard leaves it that, and judges each of its targets. */
final class GuardedAbilitiesTest {

    private static final Set<Class<? extends Outbound>> ALL =
            Set.of(HttpOutbound.class, PacketOutbound.class, PassiveOutbound.class);
    private static final HostPort INNER = new HostPort("10.0.0.1", 80);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Session session = Session.of(
                    "test", "test", new InetSocketAddress("192.0.2.7", 1), channel.eventLoop(), SessionObserver.NONE)
            .withGuard(new Guard(new InboundGuard(GuardSettings.DEFAULT), null, false));

    @AfterEach
    void close() {
        channel.close();
    }

    static Stream<Set<Class<? extends Outbound>>> abilities() {
        return Sets.powerSet(ALL).stream();
    }

    @ParameterizedTest
    @MethodSource("abilities")
    void areThoseOfTheChain(Set<Class<? extends Outbound>> abilities) {
        Outbound guarded = Guarded.over(able(abilities), true);
        assertThat(ALL.stream().filter(ability -> ability.isInstance(guarded))).hasSameElementsAs(abilities);
    }

    @ParameterizedTest
    @MethodSource("abilities")
    void reachNothingThatIsDenied(Set<Class<? extends Outbound>> abilities) {
        Outbound guarded = Guarded.over(able(abilities), true);
        List<Future<?>> asked = new ArrayList<>(List.of(guarded.dial(INNER, session)));
        if (guarded instanceof HttpOutbound http) {
            asked.add(http.dialHttp(INNER, session));
            assertThat(http.peer(INNER, session)).isEmpty();
        }
        if (guarded instanceof PassiveOutbound passive) {
            asked.add(passive.listen(INNER, session, where -> {}));
        }
        assertThat(asked)
                .allSatisfy(future -> assertThat(future.cause())
                        .isInstanceOfSatisfying(
                                DialException.class,
                                failure -> assertThat(failure.reason()).isEqualTo(Reason.DENIED)));
    }

    /** A chain that can do this, and that must be asked for none of it. */
    private static Outbound able(Set<Class<? extends Outbound>> abilities) {
        Class<?>[] all =
                Stream.concat(Stream.of(Outbound.class), abilities.stream()).toArray(Class<?>[]::new);
        return (Outbound)
                Proxy.newProxyInstance(GuardedAbilitiesTest.class.getClassLoader(), all, (self, method, arguments) -> {
                    throw new AssertionError("asked for " + method);
                });
    }
}
