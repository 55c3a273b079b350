package io.hopline.testkit.stream;

import static io.hopline.testkit.stream.StreamPeer.Fault.CANCEL;
import static io.hopline.testkit.stream.StreamPeer.Fault.CLOSED;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOOD;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOW_CONTROL;
import static io.hopline.testkit.stream.StreamPeer.Fault.FRAME_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hopline.api.DialException;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Hearing;
import io.hopline.testkit.Loops;
import io.hopline.testkit.Memory;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What every hop whose tunnels are streams does with servers that play by no rules: the session ends with the right code and its
 * tunnels break, the next dial finds another session, and no more is held than the windows let in.
 */
@Timeout(30)
public abstract class HostileServerContract<P extends StreamPeer> {

    /** What a server may send on a stream that nobody reads. */
    protected static final int WINDOW = 64 * 1024;

    /** What a header section may have. */
    protected static final int MOST_HEADERS = 16 * 1024;

    protected static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    protected static final Loops LOOPS = new Loops();

    private static final HostPort TARGET = new HostPort("target.example", 443);
    private static final int FRAME = 16 * 1024;
    private static final int STUCK = 50;

    /** Beyond the windows of the streams that are stuck: what is being read, and what waits to be sent. */
    private static final int SLACK = 1 << 20;

    private final Memory memory = new Memory();
    protected final Hearing hearing = new Hearing();
    protected Target server;
    protected Outbound outbound;
    protected P peer;

    /** A stream that is open, and its other end, which {@link #hearing} reads. */
    protected int id;

    protected Channel tunnel;
    private Session session;

    /** The hop under test, with the limits above, a hundred streams for each session, and two seconds for each reply. */
    protected abstract Hop hop(HostPort server, Duration stall);

    /** A server that has said hello. */
    protected abstract P server(Wire wire) throws Exception;

    @BeforeEach
    void open() throws Exception {
        server = LOOPS.closing(Target.listen());
        session = LOOPS.session(new RecordingObserver());
        outbound = outbound(LONG);
        Future<Channel> dialed = dial();
        peer = accept();
        id = peer.grant();
        tunnel = hearing.to(dialed);
    }

    @AfterEach
    void holdsNoMoreThanTheWindowsLetIn() {
        assertThat(memory.most()).isLessThan(STUCK * WINDOW + SLACK);
    }

    /** A hop without sessions. */
    protected final Outbound outbound(Duration stall) throws Exception {
        Hop hop = hop(server.address(), stall);
        return hop.over(new Dialer(memory::of), HopRef.of(1, hop));
    }

    protected final Future<Channel> dial() throws Exception {
        return Loops.on(session.loop(), () -> outbound.dial(TARGET, session));
    }

    protected final P accept() throws Exception {
        return LOOPS.closing(server(server.accept()));
    }

    /** The session has ended so, and its tunnel is broken; there can be others. */
    protected final void expectEnd(StreamPeer.Fault fault) throws Exception {
        peer.expectEnd(fault);
        expectAnotherSession();
    }

    /** The session's tunnel is broken; there can be others, on another session. */
    protected final void expectAnotherSession() throws Exception {
        assertThat(hearing.next()).startsWith("broken");
        Loops.get(tunnel.closeFuture());
        Future<Channel> again = dial();
        P other = accept();
        other.grant();
        Hearing.unread(again);
        expectTunnelOn(other);
    }

    /** The stream is reset so, and its tunnel broken; the session goes on. */
    protected final void expectReset(StreamPeer.Fault fault) throws Exception {
        peer.expectReset(id, fault);
        assertThat(hearing.next()).startsWith("broken");
        expectTunnelOn(peer);
    }

    /** The session of that server still takes tunnels that work. */
    protected final void expectTunnelOn(P on) throws Exception {
        Hearing other = new Hearing();
        Future<Channel> dialed = dial();
        int at = on.grant();
        other.to(dialed);
        on.data(at, false, (byte) 'x');
        assertThat(other.next()).isEqualTo("x");
    }

    /** The dial fails, and so. */
    protected static DialException failure(Future<Channel> dialed) {
        DialException failure = catchThrowableOfType(DialException.class, () -> Loops.get(dialed));
        assertThat(failure).as("the dial's failure").isNotNull();
        return failure;
    }

    @Test
    void endsTheSessionForAFloodOfSettings() throws Exception {
        Barrage.of(i -> peer.initialWindow(WINDOW));
        expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfPings() throws Exception {
        Barrage.of(i -> peer.ping());
        expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfEmptyData() throws Exception {
        Barrage.of(i -> peer.data(id, false));
        expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForSettingsWithoutEnd() throws Exception {
        peer.mostSettings();
        expectEnd(FRAME_SIZE);
    }

    @Test
    void endsTheSessionWhoseWindowGrowsTooLarge() throws Exception {
        peer.credit(0, Integer.MAX_VALUE);
        expectEnd(FLOW_CONTROL);
    }

    @Test
    void resetsAStreamWhoseWindowGrowsTooLarge() throws Exception {
        peer.credit(id, Integer.MAX_VALUE);
        expectReset(FLOW_CONTROL);
    }

    @Test
    void takesNoMoreThanAStreamsWindow() throws Exception {
        Future<Channel> dialed = dial();
        int at = peer.grant();
        Hearing.unread(dialed);
        for (int sent = 0; sent <= WINDOW; sent += FRAME) {
            peer.data(at, false, new byte[FRAME]);
        }
        peer.expectReset(at, FLOW_CONTROL);
        expectTunnelOn(peer);
    }

    @Test
    void resetsAStreamThatGoesOnBehindItsEnd() throws Exception {
        peer.data(id, true);
        peer.data(id, false, (byte) 1);
        peer.expectReset(id, CLOSED);
        expectTunnelOn(peer);
    }

    @Test
    void aResetIsNoCleanEnd() throws Exception {
        peer.reset(id);
        assertThat(hearing.next()).startsWith("broken");
        expectTunnelOn(peer);
    }

    /** Each is an answer to what was asked: one client that asks for it must not end the session of all others. */
    @Test
    void takesAResetOfEveryStreamThatIsUnderWay() throws Exception {
        for (int i = 0; i < 1_100; i++) {
            Future<Channel> dialed = dial();
            int at = peer.grant();
            Channel other = Hearing.unread(dialed);
            peer.reset(at);
            Loops.get(other.closeFuture());
        }
        expectTunnelOn(peer);
    }

    @Test
    void aLostConnectionIsNoCleanEnd() throws Exception {
        peer.wire().endOutput();
        expectAnotherSession();
    }

    @Test
    void resetsAStreamWhoseServerTakesNothing() throws Exception {
        outbound = outbound(Duration.ofMillis(100));
        Future<Channel> dialed = dial();
        P stuck = accept();
        stuck.initialWindow(0);
        int at = stuck.grant();
        Hearing other = new Hearing();
        other.to(dialed).writeAndFlush(Unpooled.wrappedBuffer(new byte[10]));
        stuck.expectReset(at, CANCEL);
        assertThat(other.next()).startsWith("broken");
    }

    @Test
    void fiftyStuckReadersHoldUpNobody() throws Exception {
        for (int i = 0; i < STUCK; i++) {
            Future<Channel> dialed = dial();
            int at = peer.grant();
            Hearing.unread(dialed);
            for (int sent = 0; sent < WINDOW; sent += FRAME) {
                peer.data(at, false, new byte[FRAME]);
            }
        }
        expectTunnelOn(peer);
    }
}
