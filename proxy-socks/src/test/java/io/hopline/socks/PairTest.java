package io.hopline.socks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.builtin.DirectOutbound;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Hex;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.Target;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.TunnelContract;
import io.hopline.testkit.Wire;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Our outbounds talk to our inbounds: a client enters by SOCKS5, and goes on through a hop to an exit of each version. */
@ParameterizedClass
@MethodSource("versions")
class PairTest extends TunnelContract {

    private static final Version WITH_PASSWORD = new Version(
            "socks5 with a password",
            Settings.read("inbound.socks5", "users { alice = secret }", Socks5Entry::read),
            server -> Socks5Hop.to(server).withAuth("alice", "secret"));

    /** How the hop and the exit talk to each other. */
    record Version(String name, Entry exit, Function<HostPort, Hop> hop) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Version> versions() {
        return Stream.of(
                new Version("socks4", Socks4Entry.create(), Socks4Hop::to),
                new Version("socks4a", Socks4Entry.create(), Socks4Hop::withNamesTo),
                new Version("socks5", Socks5Entry.create(), Socks5Hop::to),
                WITH_PASSWORD);
    }

    @Parameter
    private Version version = WITH_PASSWORD;

    private final RecordingObserver atTheExit = new RecordingObserver();

    @Override
    protected Ends open() throws Exception {
        Target target = LOOPS.closing(Target.listen());
        Wire client = LOOPS.closing(Wire.connect(front().address()));
        client.write(Hex.bytes("05 01 00"));
        client.expect(Hex.bytes("05 00"));
        client.write(request(target.address()));
        client.expect(Hex.bytes("05 00 00 01"));
        client.read(6);
        return new Ends(client, LOOPS.closing(target.accept()));
    }

    @Test
    void takesAllThatTheClientSendsAtOnce() throws Exception {
        Target target = LOOPS.closing(Target.listen());
        Wire client = LOOPS.closing(Wire.connect(front().address()));
        client.write(Hex.bytes("05 01 00" + Hex.of(request(target.address())) + Hex.text("early")));
        client.endOutput();
        Wire accepted = LOOPS.closing(target.accept());
        accepted.expect("early");
        accepted.expectEnd();
        accepted.write("late");
        accepted.endOutput();
        client.expect(Hex.bytes("05 00 05 00 00 01"));
        client.read(6);
        client.expect("late");
        client.expectEnd();
    }

    @Test
    void tellsThroughBothThatTheTargetRefuses() throws Exception {
        HostPort gone = Target.refusing();
        DialException failure = failure(version.hop.apply(exit().address()), gone);
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure)
                .hasMessageContaining("hop 1 (" + version.hop.apply(gone).type());
        assertThat(atTheExit.takeServed().target()).hasValue(gone);
    }

    @Test
    void tellsTheClientThatTheTargetRefuses() throws Exception {
        Wire client = LOOPS.closing(Wire.connect(front().address()));
        client.write(Hex.bytes("05 01 00" + Hex.of(request(Target.refusing())) + Hex.text("never read")));
        client.expect(Hex.bytes("05 00 05 05 00 01 00000000 0000"));
        client.expectEnd();
    }

    @Test
    void takesNobodyWithAWrongPassword() throws Exception {
        TestListener exit = LOOPS.closing(TestListener.bind(LOOPS, WITH_PASSWORD.exit.to(direct()), atTheExit));
        DialException failure = failure(Socks5Hop.to(exit.address()).withAuth("alice", "Secret"), Target.refusing());
        assertThat(failure.reason()).isEqualTo(Reason.AUTH);
        assertThat(atTheExit.takeServed().outcome()).isEqualTo("wrong user or password");
    }

    private DialException failure(Hop hop, HostPort target) throws Exception {
        Session session = LOOPS.session(observer);
        Future<Channel> dialed =
                Loops.on(session.loop(), () -> Chain.of(hop).over(direct()).dial(target, session));
        assertThat(dialed.await(10_000)).isTrue();
        if (dialed.cause() instanceof DialException failure) {
            return failure;
        }
        throw new AssertionError("the dial did not fail as dials do: " + dialed);
    }

    private TestListener front() throws Exception {
        Outbound chain = Chain.of(version.hop.apply(exit().address())).over(direct());
        return LOOPS.closing(TestListener.bind(LOOPS, Socks5Entry.create().to(chain), observer));
    }

    private TestListener exit() throws Exception {
        return LOOPS.closing(TestListener.bind(LOOPS, version.exit.to(direct()), atTheExit));
    }

    /** Sockets that buffer little, so that what is in flight over all hops can be bounded. */
    private static Outbound direct() {
        return Dialer.bounded(DirectOutbound.withDefaults());
    }

    private static byte[] request(HostPort target) {
        return Hex.bytes("05 01 00 01 7f000001" + String.format("%04x", target.port()));
    }
}
