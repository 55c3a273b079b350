package io.hopline.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Packet;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.builtin.BlockHop;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuardTest {
    private static final HostPort INNER = new HostPort("10.0.0.1", 80);
    private static final HostPort PARENT = new HostPort("proxy.example", 3128);
    private static final InetSocketAddress FAR = new InetSocketAddress("192.0.2.7", 4711);
    private static final InetSocketAddress NEAR = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

    private final InboundGuard inbound = new InboundGuard(GuardSettings.DEFAULT);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<HostPort> dialed = new ArrayList<>();

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void tellsTheOperatorTheRuleAndTheClientThatThereIsOne() {
        InboundGuard strict = new InboundGuard(GuardSettings.DEFAULT.withTargets(TargetRules.of("deny secret.corp")));
        DialException denied = new Guard(strict, null, true)
                .objection(new HostPort("secret.corp", 80), true)
                .orElseThrow();
        assertThat(denied.reason()).isEqualTo(Reason.DENIED);
        assertThat(denied).hasMessage("target, TCP: denied by the rules of this proxy: rule \"deny secret.corp\"");
        assertThat(denied.told()).isEqualTo("target, TCP: denied by the rules of this proxy");
        assertThat(strict.counts().of(GuardEvent.TARGET_DENIED)).isEqualTo(1);
    }

    @Test
    void leavesNoAssociationBehindThatNobodyWaitsForAnyMore() {
        Promise<Channel> opening = ImmediateEventExecutor.INSTANCE.newPromise();
        Future<Channel> associated = associate(opening);

        assertThat(opening.setUncancellable()).isTrue();
        associated.cancel(false);
        opening.setSuccess(channel);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void stopsAnAssociationThatNobodyWaitsForAnyMore() {
        Promise<Channel> opening = ImmediateEventExecutor.INSTANCE.newPromise();

        associate(opening).cancel(false);

        assertThat(opening.isCancelled()).isTrue();
    }

    @Test
    void bringsNobodyNearerWhoIsOnlySaidToBeNear() {
        Guard far = new Guard(inbound, null, false);
        Guard near = new Guard(inbound, null, true);
        assertThat(far.from(NEAR).objection(INNER, true)).isPresent();
        assertThat(near.from(FAR).objection(INNER, true)).isPresent();
        assertThat(near.from(NEAR).objection(INNER, true)).isEmpty();
        assertThat(Guard.NONE.from(FAR).objection(INNER, true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "127.0.0.1, 0.0.0.0, true",
        "127.0.0.1, ::, true",
        "192.0.2.1, 0.0.0.0, false",
        "0.0.0.0, 127.0.0.9, true",
        "::, 127.0.0.1, true",
        "0.0.0.0, 192.0.2.1, false",
    })
    void seesALoopBackToItsOwnListener(String listener, String dialedAddress, boolean loop) throws Exception {
        Guard guard = new Guard(inbound, new InetSocketAddress(listener, 1080), true);
        InetAddress address = InetAddress.getByName(dialedAddress);
        assertThat(guard.objection(new HostPort("proxy.example", 1080), address).isPresent())
                .isEqualTo(loop);
        assertThat(guard.loop(new HopRef(1, "socks5", Optional.empty()), address, 1080)
                        .isPresent())
                .isEqualTo(loop);
        assertThat(guard.objection(new HostPort("proxy.example", 1081), address))
                .isEmpty();
        assertThat(inbound.counts().of(GuardEvent.LOOP_DENIED)).isEqualTo(loop ? 2 : 0);
    }

    @Test
    void judgesTargetsAndNotTheServersOfHops() throws Exception {
        InetAddress inner = InetAddress.getByName("10.0.0.1");
        Session session = session();
        assertThat(session.objection(INNER, inner)).isPresent();
        assertThat(session.withTowards(HopRef.of(1, hop())).objection(INNER, inner))
                .isEmpty();
    }

    @Test
    void allowsATargetForWhatItIsAndNotForAnotherThatWasAllowed() {
        Guard far = new Guard(inbound, null, false);
        HostPort allowed = new HostPort("1.1.1.1", 80);
        for (int i = 0; i < 2; i++) {
            assertThat(far.allows(allowed, true)).isTrue();
            assertThat(far.allows(INNER, true)).isFalse();
        }
    }

    @Test
    void allowsATargetForNowOnlyWhereItsAddressWillBeSeen() {
        InboundGuard strict =
                new InboundGuard(GuardSettings.DEFAULT.withTargets(TargetRules.of("allow 192.0.2.0/24", "deny *")));
        Guard guard = new Guard(strict, null, true);
        HostPort name = new HostPort("example.org", 80);
        for (int i = 0; i < 2; i++) {
            assertThat(guard.allows(name, true)).isTrue();
            assertThat(guard.allows(name, false)).isFalse();
        }
    }

    @Test
    void dialsNothingThatIsDenied() {
        Outbound outbound = Guarded.over(this::record, true);
        assertThat(outbound.dial(INNER, session()).cause()).isInstanceOf(DialException.class);
        assertThat(dialed).isEmpty();
        HostPort open = new HostPort("example.org", 80);
        assertThat(outbound.dial(open, session()).isSuccess()).isTrue();
        assertThat(dialed).containsExactly(open);
    }

    @Test
    void dropsEachDatagramToWhatIsDenied() {
        associate(channel.eventLoop().newSucceededFuture(channel));
        Packet open = new Packet(new HostPort("1.1.1.1", 53), Unpooled.copyLong(1));
        Packet inner = new Packet(INNER, Unpooled.copyLong(2));
        Packet again = new Packet(INNER, Unpooled.copyLong(3));
        channel.writeOutbound(inner, open, again);
        assertThat(channel.outboundMessages()).containsExactly(open);
        assertThat(inner.refCnt() + again.refCnt()).isZero();
        assertThat(inbound.counts().of(GuardEvent.TARGET_DENIED)).isEqualTo(2);
        channel.releaseOutbound();
    }

    @Test
    void waitsForNoPeerThatIsDenied() {
        PassiveOutbound passive = new PassiveOutbound() {
            @Override
            public Future<Channel> dial(HostPort target, Session session) {
                throw new AssertionError("asked for a tunnel");
            }

            @Override
            public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
                dialed.add(expected);
                return session.loop().newPromise();
            }
        };
        PassiveOutbound guarded = (PassiveOutbound) Guarded.over(passive, true);
        assertThat(guarded.listen(INNER, session(), where -> {}).cause()).isInstanceOf(DialException.class);
        assertThat(dialed).isEmpty();
        guarded.listen(new HostPort("1.1.1.1", 20), session(), where -> {});
        assertThat(dialed).hasSize(1);
    }

    /** Where a hop's server says who has come, it is the first that anybody hears of that address. */
    @Test
    void takesNoPeerThatIsDenied() {
        EmbeddedChannel peer = new EmbeddedChannel();
        PassiveOutbound passive = new PassiveOutbound() {
            @Override
            public Future<Channel> dial(HostPort target, Session session) {
                throw new AssertionError("asked for a tunnel");
            }

            @Override
            public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
                return session.loop().newSucceededFuture(new Accepted(INNER, peer));
            }
        };
        PassiveOutbound guarded = (PassiveOutbound) Guarded.over(passive, false);
        assertThat(guarded.listen(new HostPort("ftp.example", 20), session(), where -> {})
                        .cause())
                .isInstanceOf(DialException.class);
        assertThat(peer.<Object>readOutbound()).isEqualTo(Abort.INSTANCE);
    }

    @Test
    void leavesAChainTheAbilityToForwardHttp() {
        HttpOutbound http = new HttpOutbound() {
            @Override
            public Future<Channel> dial(HostPort target, Session session) {
                throw new AssertionError("asked for a tunnel");
            }

            @Override
            public Future<Channel> dialHttp(HostPort origin, Session session) {
                return record(origin, session);
            }

            @Override
            public Optional<HostPort> peer(HostPort origin, Session session) {
                return Optional.of(PARENT);
            }
        };
        HttpOutbound guarded = (HttpOutbound) Guarded.over(http, false);
        assertThat(guarded.dialHttp(INNER, session()).cause()).isInstanceOf(DialException.class);
        assertThat(guarded.dialHttp(new HostPort("example.org", 80), session()).isSuccess())
                .isTrue();
        assertThat(dialed).hasSize(1);
        assertThat(guarded.peer(new HostPort("example.org", 80), session())).contains(PARENT);
        assertThat(guarded.peer(INNER, session()))
                .as("what is denied goes out on no connection that is there")
                .isEmpty();
    }

    @Test
    void knowsWhatJudgesAlike() {
        InetSocketAddress listener = new InetSocketAddress("192.0.2.1", 1080);
        Guard guard = new Guard(inbound, listener, true);
        assertThat(guard)
                .isEqualTo(new Guard(inbound, listener, true))
                .hasSameHashCodeAs(new Guard(inbound, listener, true));
        assertThat(guard)
                .isNotEqualTo(new Guard(inbound, listener, false))
                .isNotEqualTo(new Guard(inbound, null, true))
                .isNotEqualTo(new Guard(new InboundGuard(GuardSettings.DEFAULT), listener, true));
    }

    private Future<Channel> record(HostPort target, Session session) {
        dialed.add(target);
        return session.loop().newSucceededFuture(channel);
    }

    private static Hop hop() {
        return new BlockHop();
    }

    /** What the guard makes of an association that opens so. */
    private Future<Channel> associate(Future<Channel> opening) {
        PacketOutbound packets = new PacketOutbound() {
            @Override
            public Future<Channel> dial(HostPort target, Session session) {
                throw new AssertionError("asked for a tunnel");
            }

            @Override
            public Future<Channel> associate(Session session) {
                return opening;
            }
        };
        return ((PacketOutbound) Guarded.over(packets, true)).associate(session());
    }

    private Session session() {
        return Session.of("test", "test", FAR, channel.eventLoop(), SessionObserver.NONE)
                .withGuard(new Guard(inbound, null, false));
    }
}
