package io.hopline.testkit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.EndOfOutput;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.Target;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import io.hopline.testkit.exchange.Answers;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * With the defaults, a stream alone fills a path of 1 Gbit/s and 50 ms in either direction: as many bytes may be under way as the path
 * holds, at any time, without waiting for credit.
 */
@Timeout(60)
public abstract class WindowsContract {

    @RegisterExtension
    protected static final Loops LOOPS = new Loops();

    private static final int PATH = 1_000_000_000 / 8 / 1000 * 50;
    private static final int FRAME = 16 * 1024;
    private static final int STEP = 16 * FRAME;
    private static final int WIDE = 1 << 24;

    /** The sections of the config that have defaults for sessions of clients. */
    protected abstract Stream<String> inboundSections();

    /** An inbound with the defaults of the section. */
    protected abstract Inbound inbound(String section, HttpInbound next);

    /** A hop with the defaults. */
    protected abstract Hop hop(HostPort server);

    /** A client that has said hello. */
    protected abstract StreamPeer client(Wire wire) throws Exception;

    /** A server that has said hello. */
    protected abstract StreamPeer server(Wire wire) throws Exception;

    @TestFactory
    Stream<DynamicTest> letsAClientSendWhatThePathHolds() {
        return inboundSections()
                .map(section -> DynamicTest.dynamicTest(section, () -> {
                    StreamPeer client = connect(section);
                    client.request(1, "POST", "/", false);
                    expectRoomThroughout(client, 1);
                }));
    }

    @TestFactory
    Stream<DynamicTest> sendsAClientWhatThePathHolds() {
        return inboundSections()
                .map(section -> DynamicTest.dynamicTest(section, () -> {
                    StreamPeer client = connect(section);
                    widen(client);
                    client.request(1, "GET", "/bytes/" + PATH, true);
                    client.expectStatus(1, "200");
                    assertThat(client.body(1)).hasSize(PATH);
                }));
    }

    @Test
    void letsAServerSendWhatThePathHolds() throws Exception {
        Target target = LOOPS.closing(Target.listen());
        Future<Channel> dialed = dial(target);
        StreamPeer server = LOOPS.closing(server(target.accept()));
        int id = server.grant();
        Channel tunnel = Loops.get(dialed);
        Loops.on(tunnel.eventLoop(), () -> {
            tunnel.pipeline().addLast(new Reader());
            return tunnel.config().setAutoRead(true);
        });
        expectRoomThroughout(server, id);
    }

    @Test
    void sendsAServerWhatThePathHolds() throws Exception {
        Target target = LOOPS.closing(Target.listen());
        Future<Channel> dialed = dial(target);
        StreamPeer server = LOOPS.closing(server(target.accept()));
        widen(server);
        int id = server.grant();
        Channel tunnel = Loops.get(dialed);
        tunnel.write(Unpooled.wrappedBuffer(new byte[PATH]));
        tunnel.writeAndFlush(EndOfOutput.INSTANCE);
        assertThat(server.body(id)).hasSize(PATH);
    }

    private StreamPeer connect(String section) throws Exception {
        TestListener listener =
                LOOPS.closing(TestListener.bind(LOOPS, inbound(section, new Answers()), new RecordingObserver()));
        return LOOPS.closing(client(Wire.connect(listener.address())));
    }

    private Future<Channel> dial(Target target) throws Exception {
        Hop hop = hop(target.address());
        Outbound outbound = hop.over(Dialer.sockets(), HopRef.of(1, hop));
        Session session = LOOPS.session(new RecordingObserver());
        return Loops.on(session.loop(), () -> outbound.dial(new HostPort("target.example", 443), session));
    }

    private static void widen(StreamPeer peer) throws Exception {
        peer.initialWindow(WIDE);
        peer.credit(0, WIDE);
    }

    /** Sends until there is room for what the path holds, and finds that there always is from then on, whatever was read meanwhile. */
    private static void expectRoomThroughout(StreamPeer peer, int id) throws Exception {
        while (room(peer, id) < PATH) {
            while (room(peer, id) >= FRAME) {
                peer.data(id, false, new byte[FRAME]);
            }
            peer.settle();
        }
        for (int sent = 0; sent < 2 * WIDE; sent += STEP) {
            for (int i = 0; i < STEP; i += FRAME) {
                peer.data(id, false, new byte[FRAME]);
            }
            peer.settle();
            assertThat(room(peer, id)).isGreaterThanOrEqualTo(PATH);
        }
    }

    private static long room(StreamPeer peer, int id) {
        return Math.min(peer.room(id), peer.room(0));
    }

    private static final class Reader extends SimpleChannelInboundHandler<Object> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object msg) {
            // Released.
        }
    }
}
