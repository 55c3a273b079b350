package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.relay.Tunnels;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Loops;
import io.hopline.testkit.Target;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.TunnelContract;
import io.hopline.testkit.Wire;
import io.hopline.testkit.exchange.ConnectOnly;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tunnels through a session of HTTP/2 within a stream of another one, each by a hop and an inbound of ours. */
class Http2TunnelTest extends TunnelContract {

    private static final int DEEP = 2;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SessionSettings SETTINGS =
            new SessionSettings(64 * 1024, 1 << 20, 8 << 20, 100, 1_000, 32 * 1024, LONG, LONG, LONG, LONG, LONG);

    @Override
    protected Ends open() throws Exception {
        Target target = LOOPS.closing(Target.listen());
        Wire client =
                LOOPS.closing(Wire.connect(entrance(target.address(), chain()).address()));
        Wire accepted = LOOPS.closing(target.accept());
        // The target is reached before the hop hears of it: what happens in between is a failed dial.
        accepted.write("!");
        client.expect("!");
        return new Ends(client, accepted);
    }

    @Test
    void tellsThatTheTargetCantBeReached() throws Exception {
        DialException failure = failure(Target.refusing());
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.at()).isEqualTo(HopRef.TARGET);
        assertThat(failure).hasMessageContaining("502");
    }

    @Test
    void tellsThatTheProxyWantsCredentials() throws Exception {
        DialException failure = failure(new HostPort("secret.invalid", 1));
        assertThat(failure.reason()).isEqualTo(Reason.AUTH);
        assertThat(failure.at().position()).isEqualTo(DEEP);
    }

    @Test
    void opensManyTunnelsOnFewConnections() throws Exception {
        Outbound chain = chain();
        Target target = LOOPS.closing(Target.listen());
        TestListener entrance = entrance(target.address(), chain);
        List<Ends> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Wire client = LOOPS.closing(Wire.connect(entrance.address()));
            client.write("tunnel " + i);
            Wire accepted = LOOPS.closing(target.accept());
            all.add(new Ends(client, accepted));
            accepted.expect("tunnel " + i);
        }
        for (Ends ends : all) {
            ends.target().write("hello");
            ends.client().expect("hello");
        }
    }

    private DialException failure(HostPort target) throws Exception {
        Session session = LOOPS.session(SessionObserver.NONE);
        Outbound chain = chain();
        Future<Channel> dialed = Loops.on(session.loop(), () -> chain.dial(target, session));
        DialException failure = catchThrowableOfType(DialException.class, () -> Loops.get(dialed));
        assertThat(failure).isNotNull();
        return failure;
    }

    /** As many HTTP/2 hops as there are to be sessions within one another. */
    private Outbound chain() throws Exception {
        List<Http2Hop> hops = new ArrayList<>();
        for (int i = 0; i < DEEP; i++) {
            Inbound served = LOOPS.draining(new Http2Inbound(SETTINGS, new ConnectOnly(Dialer.sockets())));
            HostPort server = LOOPS.closing(TestListener.bind(LOOPS, served, SessionObserver.NONE))
                    .address();
            Http2Hop hop = Http2Hop.to(server);
            hops.add(new Http2Hop(hop.at(), hop.auth(), hop.timeout(), SETTINGS));
        }
        return new Chain(List.copyOf(hops)).over(Dialer.sockets());
    }

    private TestListener entrance(HostPort target, Outbound outbound) throws Exception {
        Inbound inbound = (client, session) -> Tunnels.open(client, target, session, outbound, new Tunnels.Reply() {
            @Override
            public void opened(Channel opened, Channel to) {
                // Bytes say enough.
            }

            @Override
            public void refused(Channel refused, DialException failure) {
                refused.close();
            }
        });
        return LOOPS.closing(TestListener.bind(LOOPS, inbound, observer));
    }
}
