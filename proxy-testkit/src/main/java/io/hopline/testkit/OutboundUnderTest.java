package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** What {@link BareOutboundContract} must be told of an outbound, and how its cases dial. */
public abstract class OutboundUnderTest extends TunnelContract implements DialContract {

    static final Duration LONG = Duration.ofSeconds(30);

    /** What is beneath the hop. */
    @Parameter
    Carrier carrier = Carrier.SOCKET;

    private Target target;
    private HostPort server;

    /** The hop under test, which leads to {@link #server}, and has patience with it. */
    protected abstract Hop hop() throws Exception;

    /** What is dialed through it: by default where it is to lead to. */
    protected HostPort target() throws IOException {
        return server;
    }

    /** Plays all that opens a tunnel once the connection is there; by default nothing has to be said. */
    protected void grant(Wire accepted) throws IOException {
        // The connection itself is the tunnel.
    }

    /** The handlers that an open tunnel's channel has, where the channel beneath had these: by default it is that one. */
    protected List<ChannelHandler> bare(List<ChannelHandler> beneath) {
        return beneath;
    }

    @Override
    protected Ends open() throws Exception {
        Wire client = enter(hop());
        Wire accepted = accept();
        grant(accepted);
        return new Ends(client, accepted).settled();
    }

    /** What the suite runs over, once each; a subclass with a method of this name says it anew. */
    public static Stream<Carrier> carriers() {
        return Stream.of(Carrier.SOCKET, Carrier.STREAM);
    }

    @BeforeEach
    void listen() throws Exception {
        target = LOOPS.closing(Target.listen());
        server = carrier.front(LOOPS, target.address());
    }

    @Override
    public final Loops loops() {
        return LOOPS;
    }

    /** Where connections come out of the hop: at its server, where it has one, or else at the target. */
    protected final HostPort server() {
        return server;
    }

    /** The next connection that comes out of the hop, or of the carrier beneath it. */
    final Wire accept() throws IOException {
        return LOOPS.closing(target.accept());
    }

    /** Connects a client to an inbound that takes it through the hop to the target. */
    final Wire enter(Hop hop) throws Exception {
        return enter(hop, target());
    }

    /** Connects a client to an inbound that takes it through the hop to the given target. */
    protected final Wire enter(Hop hop, HostPort target) throws Exception {
        Outbound outbound = Dialer.bounded(hop.over(new Via(carrier, false), at(hop)));
        Entrance entrance = new Entrance(target, outbound);
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, entrance, observer));
        return LOOPS.closing(Wire.connect(listener.address()));
    }

    /** Dials a target through the hop. */
    final Future<Channel> dial(Hop hop, HostPort target, Outbound via) throws Exception {
        Session session = LOOPS.session(observer);
        return Loops.on(session.loop(), () -> hop.over(via, at(hop)).dial(target, session));
    }

    /** Dials the target through the hop. */
    final Future<Channel> dial(Hop hop) throws Exception {
        return dial(hop, target(), new Via(carrier, false));
    }

    static HopRef at(Hop hop) {
        return HopRef.of(1, hop);
    }

    /** The dial fails, in this way and at this place. */
    static DialException expectFailure(Future<Channel> dialed, Reason reason, HopRef at, Step step) {
        DialException failure = catchThrowableOfType(DialException.class, () -> Loops.get(dialed));
        assertThat(failure).as("the dial's failure").isNotNull();
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        assertThat(failure.at()).as(failure.getMessage()).isEqualTo(at);
        assertThat(failure.step()).as(failure.getMessage()).isEqualTo(step);
        assertThat(failure).hasMessageStartingWith(at + ", " + step + ": ");
        return failure;
    }
}
