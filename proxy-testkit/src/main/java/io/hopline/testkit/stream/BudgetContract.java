package io.hopline.testkit.stream;

import static io.hopline.testkit.stream.StreamPeer.Fault.CANCEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.EndOfOutput;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the streams of a session may hold together is shared out among them, and none of it twice, whatever becomes of a stream. */
@Timeout(60)
public abstract class BudgetContract<P extends StreamPeer> {

    /** What a stream may hold at first. */
    protected static final int WINDOW = 64 * 1024;

    /** What that may grow to, for one stream of a session at a time. */
    protected static final int MAX = 1 << 20;

    /** How many streams a session may have at once. */
    protected static final int MOST_STREAMS = 4;

    @RegisterExtension
    protected static final Loops LOOPS = new Loops();

    private static final int FRAME = 16 * 1024;

    private Target server;
    private Session session;
    private Outbound outbound;
    private P peer;

    /** A stream that has grown as far as it can, and its other end, which reads. */
    private int id;

    private Channel tunnel;

    /** The hop under test, with the limits above. */
    protected abstract Hop hop(HostPort server);

    /** A server that has said hello. */
    protected abstract P server(Wire wire) throws Exception;

    @BeforeEach
    void growAsFarAsOneStreamCan() throws Exception {
        server = LOOPS.closing(Target.listen());
        session = LOOPS.session(new RecordingObserver());
        Hop hop = hop(server.address());
        outbound = hop.over(Dialer.sockets(), HopRef.of(1, hop));
        Future<Channel> dialed = dial();
        peer = LOOPS.closing(server(server.accept()));
        id = peer.grant();
        tunnel = reading(dialed);
        grow(id);
    }

    @Test
    void givesToOthersWhatAStreamHadOnceThatIsClosed() throws Exception {
        Loops.get(tunnel.close());
        peer.expectReset(id, CANCEL);
        grow(open());
    }

    @Test
    void givesNobodyWhatAStreamHoldsThatIsOverAndWasNotRead() throws Exception {
        endUnread();
        int next = open();
        expectNoGrowth(next);
        Loops.get(tunnel.close());
        grow(next);
    }

    @Test
    void givesNobodyMoreThanAStreamThatIsClosedHadGot() throws Exception {
        Map<Integer, Channel> others = new LinkedHashMap<>();
        for (int i = 1; i < MOST_STREAMS; i++) {
            Future<Channel> dialed = dial();
            others.put(peer.grant(), reading(dialed));
        }
        for (Map.Entry<Integer, Channel> other : others.entrySet()) {
            Loops.get(other.getValue().close());
            peer.expectReset(other.getKey(), CANCEL);
        }
        expectNoGrowth(open());
    }

    @Test
    void countsAStreamThatIsOverUntilItWasRead() throws Exception {
        endUnread();
        for (int i = 1; i < MOST_STREAMS; i++) {
            open();
        }
        Future<Channel> dialed = dial();
        P other = LOOPS.closing(server(server.accept()));
        other.grant();
        assertThat(reading(dialed).isActive()).isTrue();
    }

    /** The server fills the stream and ends it, and so does the tunnel; nobody reads what came. */
    private void endUnread() throws Exception {
        Loops.on(tunnel.eventLoop(), () -> tunnel.config().setAutoRead(false));
        tunnel.writeAndFlush(EndOfOutput.INSTANCE);
        peer.body(id);
        while (peer.room(id) > FRAME) {
            peer.data(id, false, new byte[FRAME]);
        }
        peer.data(id, true, new byte[(int) peer.room(id)]);
        peer.settle();
    }

    /** Opens another stream on the session, which is read; returns its id. */
    private int open() throws Exception {
        Future<Channel> dialed = dial();
        int next = peer.grant();
        reading(dialed);
        return next;
    }

    private Future<Channel> dial() throws Exception {
        return Loops.on(session.loop(), () -> outbound.dial(new HostPort("target.example", 443), session));
    }

    private static Channel reading(Future<Channel> dialed) throws Exception {
        Channel channel = Loops.get(dialed);
        LOOPS.closing(channel::close);
        Loops.on(channel.eventLoop(), () -> {
            channel.pipeline().addLast(new Reader());
            return channel.config().setAutoRead(true);
        });
        return channel;
    }

    /** A window grows by doubling, and some of it may not be credited yet. */
    private void grow(int stream) throws Exception {
        while (peer.room(stream) <= MAX / 2) {
            fill(stream);
        }
    }

    private void expectNoGrowth(int stream) throws Exception {
        for (int i = 0; i < 50; i++) {
            fill(stream);
            assertThat(peer.room(stream)).isLessThanOrEqualTo(WINDOW);
        }
    }

    /** Sends what the window has room for, and waits for what that opens it by. */
    private void fill(int stream) throws Exception {
        while (peer.room(stream) >= FRAME) {
            peer.data(stream, false, new byte[FRAME]);
        }
        peer.settle();
    }

    private static final class Reader extends SimpleChannelInboundHandler<Object> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object msg) {
            // Released.
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
