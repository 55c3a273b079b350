package io.hopline.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.PassiveOutbound.Accepted;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    private static final HostPort TARGET = new HostPort("example.org", 80);

    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<Channel> served = new ArrayList<>();
    private final Inbound inbound = (client, session) -> served.add(client);

    @AfterEach
    void close() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void letsInSoManyAndOneMoreForEachThatLeaves() {
        InboundGuard guard = guard(Limits.DEFAULT.withConnections(2));
        Inbound limited = guard.limited(inbound);
        EmbeddedChannel first = come(limited, "192.0.2.1");
        come(limited, "192.0.2.2");
        come(limited, "192.0.2.3");
        assertThat(served).hasSize(2);
        assertThat(guard.counts().of(GuardEvent.CONNECTION_REFUSED)).isEqualTo(1);
        first.close();
        come(limited, "192.0.2.4");
        assertThat(served).hasSize(3);
    }

    @Test
    void letsInSoManyOfOneClientWhateverTheOthersHave() {
        InboundGuard guard = guard(Limits.DEFAULT.withPerClient(1));
        Inbound limited = guard.limitedByClient(inbound);
        EmbeddedChannel first = come(limited, "192.0.2.1");
        come(limited, "192.0.2.2");
        come(limited, "192.0.2.1");
        assertThat(served).hasSize(2);
        assertThat(guard.counts().of(GuardEvent.CLIENT_REFUSED)).isEqualTo(1);
        first.close();
        come(limited, "192.0.2.1");
        assertThat(served).hasSize(3);
    }

    @Test
    void takesANetworkOfSixtyFourBitsForOneClient() {
        Inbound limited = guard(Limits.DEFAULT.withPerClient(1)).limitedByClient(inbound);
        come(limited, "2001:db8:0:1::1");
        come(limited, "2001:db8:0:1:ffff::2");
        assertThat(served).hasSize(1);
        come(limited, "2001:db8:0:2::1");
        assertThat(served).hasSize(2);
    }

    @Test
    void holdsNobodyOnThisMachineToWhatOneClientMayHave() {
        Inbound limited = guard(Limits.DEFAULT.withPerClient(1)).limitedByClient(inbound);
        come(limited, "127.0.0.1");
        come(limited, "127.0.0.1");
        assertThat(served).hasSize(2);
    }

    @Test
    void dialsSoManyForOneUserAtOnce() {
        InboundGuard guard = guard(Limits.DEFAULT.withPerUser(1));
        EmbeddedChannel dialed = channel();
        Outbound outbound = Guarded.over((target, session) -> session.loop().newSucceededFuture(dialed), true);
        Session alice = session(channel(), "192.0.2.1")
                .withGuard(guard.guard(channel()))
                .withUser("alice");
        assertThat(outbound.dial(TARGET, alice).isSuccess()).isTrue();
        assertThat(outbound.dial(TARGET, alice).cause())
                .isInstanceOf(DialException.class)
                .hasMessageContaining("1 connections of this user are open");
        assertThat(outbound.dial(TARGET, alice.withUser("bob")).isSuccess()).isTrue();
        assertThat(guard.counts().of(GuardEvent.USER_REFUSED)).isEqualTo(1);
        dialed.close();
        assertThat(outbound.dial(TARGET, alice).isSuccess()).isTrue();
    }

    /** Each holds sockets of ours, as a tunnel does. */
    @Test
    void countsAssociationsAndAwaitedPeersAsConnectionsOfTheirUser() {
        InboundGuard guard = guard(Limits.DEFAULT.withPerUser(1));
        EmbeddedChannel packets = channel();
        EmbeddedChannel peer = channel();
        Promise<Accepted> comes = peer.eventLoop().newPromise();
        Both outbound = new Both(packets.eventLoop().newSucceededFuture(packets), comes);
        PacketOutbound packetOutbound = (PacketOutbound) Guarded.over(outbound, true);
        PassiveOutbound passiveOutbound = (PassiveOutbound) packetOutbound;
        Session alice = session(channel(), "192.0.2.1")
                .withGuard(guard.guard(channel()))
                .withUser("alice");

        assertThat(packetOutbound.associate(alice).isSuccess()).isTrue();
        assertThat(packetOutbound.associate(alice).cause()).hasMessageContaining("connections of this user are open");
        assertThat(passiveOutbound.listen(TARGET, alice, at -> {}).cause())
                .hasMessageContaining("connections of this user are open");
        packets.close();

        assertThat(passiveOutbound.listen(TARGET, alice, at -> {}).isDone()).isFalse();
        assertThat(packetOutbound.associate(alice).cause()).isInstanceOf(DialException.class);
        comes.setSuccess(new Accepted(TARGET, peer));
        assertThat(packetOutbound.associate(alice).cause()).isInstanceOf(DialException.class);
        peer.close();
        assertThat(passiveOutbound.listen(TARGET, alice, at -> {}).isSuccess()).isTrue();
        assertThat(guard.counts().of(GuardEvent.USER_REFUSED)).isEqualTo(4);
    }

    private record Both(Future<Channel> packets, Future<Accepted> comes) implements PacketOutbound, PassiveOutbound {
        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            throw new AssertionError("asked for a tunnel");
        }

        @Override
        public Future<Channel> associate(Session session) {
            return packets;
        }

        @Override
        public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
            return comes;
        }
    }

    @Test
    void countsNoDialThatFailed() {
        InboundGuard guard = guard(Limits.DEFAULT.withPerUser(1));
        Outbound outbound = Guarded.over(
                (target, session) -> session.loop().newFailedFuture(new IllegalStateException("no")), true);
        Session alice = session(channel(), "192.0.2.1")
                .withGuard(guard.guard(channel()))
                .withUser("alice");
        assertThat(outbound.dial(TARGET, alice).cause()).hasMessage("no");
        assertThat(outbound.dial(TARGET, alice).cause()).hasMessage("no");
    }

    @Test
    void countsNoDialOfAHopThatThrows() {
        InboundGuard guard = guard(Limits.DEFAULT.withPerUser(1));
        Outbound outbound = Guarded.over(
                (target, session) -> {
                    throw new IllegalStateException("a defect");
                },
                true);
        Session alice = session(channel(), "192.0.2.1")
                .withGuard(guard.guard(channel()))
                .withUser("alice");
        assertThat(outbound.dial(TARGET, alice).cause()).hasMessage("target, TCP: a defect");
        assertThat(outbound.dial(TARGET, alice).cause()).hasMessage("target, TCP: a defect");
    }

    @Test
    void givesUpADialThatTakesTooLongInAll() {
        InboundGuard guard = guard(Limits.DEFAULT.withDial(Duration.ofSeconds(3)));
        EmbeddedChannel clock = channel();
        clock.freezeTime();
        Promise<Channel> never = clock.eventLoop().newPromise();
        never.setUncancellable();
        Session session = session(clock, "192.0.2.1").withGuard(guard.guard(channel()));
        Future<Channel> dialed = Guarded.over((target, s) -> never, true).dial(TARGET, session);
        pass(clock, 2);
        assertThat(dialed.isDone()).isFalse();
        pass(clock, 1);
        assertThat(dialed.cause()).hasMessage("target, TCP: not reached within 3 s in all");
        assertThat(guard.counts().of(GuardEvent.DIAL_TIMEOUT)).isEqualTo(1);

        EmbeddedChannel late = channel();
        never.setSuccess(late);
        assertThat(late.outboundMessages()).containsExactly(Abort.INSTANCE);
        assertThat(clock.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void countsADialOfWhichOneStepTookTooLong() {
        InboundGuard guard = guard(Limits.DEFAULT);
        EmbeddedChannel clock = channel();
        Session session = session(clock, "192.0.2.1").withGuard(guard.guard(channel()));
        Promise<Channel> slow = clock.eventLoop().newPromise();
        Promise<Channel> refused = clock.eventLoop().newPromise();
        Guarded.over((target, s) -> slow, true).dial(TARGET, session);
        Guarded.over((target, s) -> refused, true).dial(TARGET, session);
        slow.setFailure(new DialException(Reason.TIMEOUT, HopRef.TARGET, Step.CONNECT, "no answer within 10 s"));
        refused.setFailure(new DialException(Reason.REFUSED, HopRef.TARGET, Step.CONNECT, "no"));
        assertThat(guard.counts().of(GuardEvent.DIAL_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void stopsADialThatIsGivenUp() {
        InboundGuard guard = guard(Limits.DEFAULT.withDial(Duration.ofSeconds(3)));
        EmbeddedChannel clock = channel();
        clock.freezeTime();
        Session session = session(clock, "192.0.2.1").withGuard(guard.guard(channel()));
        Promise<Channel> late = clock.eventLoop().newPromise();
        Guarded.over((target, s) -> late, true).dial(TARGET, session);
        Promise<Channel> unwanted = clock.eventLoop().newPromise();
        Guarded.over((target, s) -> unwanted, true).dial(TARGET, session).cancel(false);
        clock.runPendingTasks();
        assertThat(unwanted.isCancelled()).isTrue();
        pass(clock, 3);
        assertThat(late.isCancelled()).isTrue();
        assertThat(guard.counts().of(GuardEvent.DIAL_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void givesUpAnAssociationThatTakesTooLongToOpen() {
        InboundGuard guard = guard(Limits.DEFAULT.withDial(Duration.ofSeconds(3)));
        EmbeddedChannel clock = channel();
        clock.freezeTime();
        Promise<Channel> late = clock.eventLoop().newPromise();
        Both outbound = new Both(late, clock.eventLoop().newPromise());
        Session session = session(clock, "192.0.2.1").withGuard(guard.guard(channel()));
        Future<Channel> opened = ((PacketOutbound) Guarded.over(outbound, true)).associate(session);
        pass(clock, 3);
        assertThat(opened.cause()).hasMessage("target, TCP: not reached within 3 s in all");
        assertThat(late.isCancelled()).isTrue();
        assertThat(guard.counts().of(GuardEvent.DIAL_TIMEOUT)).isEqualTo(1);
        assertThat(clock.runScheduledPendingTasks()).isEqualTo(-1);
    }

    private static void pass(EmbeddedChannel clock, int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advanceTimeBy(1, TimeUnit.SECONDS);
            clock.runScheduledPendingTasks();
        }
    }

    private EmbeddedChannel come(Inbound limited, String address) {
        EmbeddedChannel client = channel();
        limited.accept(client, session(client, address));
        return client;
    }

    private EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channels.add(channel);
        return channel;
    }

    private static InboundGuard guard(Limits limits) {
        return new InboundGuard(GuardSettings.DEFAULT.withLimits(limits));
    }

    private static Session session(EmbeddedChannel client, String address) {
        return Session.of(
                "test", "test", new InetSocketAddress(address, 4711), client.eventLoop(), SessionObserver.NONE);
    }
}
