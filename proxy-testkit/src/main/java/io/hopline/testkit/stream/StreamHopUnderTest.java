package io.hopline.testkit.stream;

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
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hop whose tunnels are streams, with one that is open to a server that is played frame by frame. */
abstract class StreamHopUnderTest<P extends StreamPeer> {

    /** What a server may send on a stream that nobody reads. */
    protected static final int WINDOW = 64 * 1024;

    /** What a header section may have. */
    protected static final int MOST_HEADERS = 16 * 1024;

    protected static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    protected static final Loops LOOPS = new Loops();

    private static final HostPort TARGET = new HostPort("target.example", 443);
    static final int FRAME = 16 * 1024;
    static final int STUCK = 50;

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
}
