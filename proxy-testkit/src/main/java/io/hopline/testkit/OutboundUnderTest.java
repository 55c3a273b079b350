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
import io.hopline.api.settings.Credentials;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** What {@link OutboundContract} must be told of a protocol, and how its cases dial. */
public abstract class OutboundUnderTest extends TunnelContract {

    static final Duration LONG = Duration.ofSeconds(30);

    /** What is beneath the hop. */
    @Parameter
    Carrier carrier = Carrier.SOCKET;

    private Target server;

    /**
     * What a server has been asked for.
     *
     * @param credentials what the client has proved itself by; empty where it offered nothing
     */
    public record Request(HostPort target, Optional<Credentials> credentials) {

        /** A request without credentials. */
        public static Request of(HostPort target) {
            return new Request(target, Optional.empty());
        }
    }

    /**
     * The hop under test, without credentials.
     *
     * @param timeout how long it may wait for the server's replies
     */
    protected abstract Hop hop(HostPort server, Duration timeout) throws Exception;

    /** The hop with credentials; empty, as by default, if the protocol knows none. */
    protected Optional<Hop> hop(HostPort server, Duration timeout, Credentials credentials) throws Exception {
        return Optional.empty();
    }

    /** Plays a server that is offered credentials and takes others only; wherever there is a hop with credentials. */
    protected void rejectCredentials(Wire client) throws IOException {
        throw new UnsupportedOperationException("the hop has credentials, so its test tells how a server rejects them");
    }

    /**
     * Plays the server up to where the target is known: reads the request, and answers what comes before it. If credentials
     * are offered, they are taken.
     */
    protected abstract Request readRequest(Wire client) throws IOException;

    /** The server's last reply, behind which the tunnel is open. */
    protected abstract byte[] granted();

    /** Every other way for a server to answer, those that the protocol doesn't allow among them. */
    protected abstract List<Refusal> refusals();

    /** Targets to ask for: by default a name and both kinds of address. */
    protected List<HostPort> targets() {
        return List.of(
                new HostPort("name.invalid", 443), new HostPort("192.0.2.1", 1), new HostPort("2001:db8::1", 65535));
    }

    /** The handlers that an open tunnel's channel has, where the channel beneath had these: by default it is that one. */
    protected List<ChannelHandler> bare(List<ChannelHandler> beneath) {
        return beneath;
    }

    /** A dialogue for {@link Refusal}: the request is read, these bytes are the answer. */
    protected final Refusal.Dialogue reply(byte[] reply) {
        return client -> {
            readRequest(client);
            client.write(reply);
        };
    }

    @Override
    protected Ends open() throws Exception {
        Wire client = enter(hop(server().address(), LONG));
        Wire accepted = accept();
        readRequest(accepted);
        accepted.write(granted());
        return new Ends(client, accepted);
    }

    @BeforeEach
    void listen() throws IOException {
        server = LOOPS.closing(Target.listen());
    }

    /** Where the hop's server listens. */
    final Target server() {
        return server;
    }

    /** The next connection of the hop to its server. */
    final Wire accept() throws IOException {
        return LOOPS.closing(server.accept());
    }

    /** Connects a client to an inbound that takes it through the hop to the first target. */
    final Wire enter(Hop hop) throws Exception {
        Entrance entrance = new Entrance(targets().get(0), hop.over(new Via(carrier, false), at(hop)));
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, entrance, observer));
        return LOOPS.closing(Wire.connect(listener.address()));
    }

    /** Dials the target through the hop. */
    final Future<Channel> dial(Hop hop, HostPort target, Outbound via) throws Exception {
        Session session = LOOPS.session(observer);
        return Loops.on(session.loop(), () -> hop.over(via, at(hop)).dial(target, session));
    }

    /** Dials the first target through the hop. */
    final Future<Channel> dial(Hop hop) throws Exception {
        return dial(hop, targets().get(0), new Via(carrier, false));
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
