package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hopline.api.DialException;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Session;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.Target;
import io.netty.channel.Channel;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A SPDY hop, and a server that is played frame by frame. */
@Timeout(30)
abstract class SpdyHopTestBase {

    static final Duration LONG = Duration.ofSeconds(20);
    static final HostPort TARGET = new HostPort("target.example", 443);

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    final RecordingObserver observer = new RecordingObserver();
    Target server;
    SpdyHop hop;
    Session session;
    HttpOutbound outbound;

    @BeforeEach
    void listen() throws Exception {
        server = LOOPS.closing(Target.listen());
        SpdyHop made = SpdyHop.to(server.address());
        hop = new SpdyHop(
                made.at(),
                made.version(),
                made.auth(),
                Duration.ofSeconds(2),
                new SessionSettings(100, 1 << 20, 8 << 20, 16 * 1024, LONG, LONG, LONG, LONG));
        session = LOOPS.session(observer);
        outbound = over(hop);
    }

    final HttpOutbound over(Hop made) {
        return (HttpOutbound) made.over(Dialer.sockets(), HopRef.of(1, made));
    }

    final Future<Channel> dial() throws Exception {
        return Loops.on(session.loop(), () -> outbound.dial(TARGET, session));
    }

    /** Dials once the hop has read all that the peer has sent: it has, when it answers a PING. */
    final Future<Channel> dialWhen(Peer read) throws Exception {
        read.send(new DefaultSpdyPingFrame(2));
        read.next(SpdyPingFrame.class);
        return dial();
    }

    final Peer accept() throws Exception {
        return LOOPS.closing(Peer.server(server.accept()));
    }

    static void grant(Peer peer) throws Exception {
        peer.grant();
    }

    static void refuse(Peer peer) throws Exception {
        int id = peer.next(SpdySynStreamFrame.class).streamId();
        peer.send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.REFUSED_STREAM));
    }

    static DialException failure(Future<Channel> dialed) {
        DialException failure = catchThrowableOfType(DialException.class, () -> Loops.get(dialed));
        assertThat(failure).as("the dial's failure").isNotNull();
        return failure;
    }
}
