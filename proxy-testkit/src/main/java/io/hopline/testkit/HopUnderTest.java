package io.hopline.testkit;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import io.hopline.api.settings.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@link OutboundContract} must be told of a protocol with a server, besides what {@link OutboundUnderTest} asks for. */
public abstract class HopUnderTest extends BareOutboundContract {

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

    /** A dialogue for {@link Refusal}: the request is read, these bytes are the answer. */
    protected final Refusal.Dialogue reply(byte[] reply) {
        return client -> {
            readRequest(client);
            client.write(reply);
        };
    }

    @Override
    protected final Hop hop() throws Exception {
        return hop(server(), LONG);
    }

    @Override
    protected final HostPort target() {
        return targets().get(0);
    }

    @Override
    protected final void grant(Wire accepted) throws IOException {
        readRequest(accepted);
        accepted.write(granted());
    }

    @Override
    public final List<Failing> failing() throws Exception {
        Hop refused = hop(Target.refusing(), LONG);
        Hop unknown = hop(new HostPort("unknown.invalid", 1), LONG);
        return List.of(
                new Failing(
                        "a server that refuses connections",
                        refused,
                        target(),
                        Reason.REFUSED,
                        at(refused),
                        Step.CONNECT),
                new Failing(
                        "a server whose name is unknown",
                        unknown,
                        target(),
                        Reason.UNREACHABLE,
                        at(unknown),
                        Step.RESOLVE));
    }
}
