package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import io.hopline.api.transport.ProxyProtocolLayer;
import io.hopline.api.transport.ProxyProtocolLayer.Version;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.testkit.Hearing;
import io.hopline.testkit.Loops;
import io.hopline.testkit.stream.StreamPeer.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySettingsFrame;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdySettingsFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a SPDY hop asks for tunnels, and on which session. */
class SpdyHopTest extends SpdyHopTestBase {

    @Test
    void tellsNoServerOneClientsAddressForAllOfThem() {
        SpdyHop telling = SpdyHop.to(new HostPort("proxy.example", 443)).withLayers(new ProxyProtocolLayer(Version.V2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chain.of(telling))
                .withMessageStartingWith(
                        "clients share the sessions of hop 1 (spdy proxy.example:443), so it can't tell");
    }

    @Test
    void asksForATunnelAsChromiumDid() throws Exception {
        outbound = over(hop.withAuth("alice", "secret"));
        Future<Channel> dialed = dial();
        Peer peer = accept();
        SpdySynStreamFrame syn = peer.next(SpdySynStreamFrame.class);
        SpdyHeaders asked = syn.headers();
        assertThat(syn.streamId()).isEqualTo(1);
        assertThat(syn.isLast()).isFalse();
        assertThat(asked.getAsString(":method")).isEqualTo("CONNECT");
        assertThat(asked.getAsString(":path")).isEqualTo("target.example:443");
        assertThat(asked.getAsString(":host")).isEqualTo("target.example");
        assertThat(asked.contains(":scheme")).isFalse();
        assertThat(asked.getAsString("proxy-authorization")).isEqualTo("Basic YWxpY2U6c2VjcmV0");
        peer.reply(1, false, ":status", "200 OK", ":version", "HTTP/1.1");
        Channel channel = Loops.get(dialed);
        assertThat(channel.pipeline().names()).hasSize(1);
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(observer.passed())
                .anyMatch(passed ->
                        passed.step() == Step.HANDSHAKE && passed.detail().contains("200"));
    }

    @Test
    void tellsWhatARefusalSays() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept();
        int id = peer.next(SpdySynStreamFrame.class).streamId();
        peer.reply(id, false, ":status", "502 Bad Gateway", ":version", "HTTP/1.1", "content-type", "text/plain");
        peer.data(id, false, "no route\nor so".getBytes(StandardCharsets.US_ASCII));
        assertThat(failure(dialed)).hasMessageEndingWith("says: 502 Bad Gateway: no route");
    }

    @Test
    void heedsAReadThatIsAskedForWhileTheReplyIsRead() throws Exception {
        ByteBuf got = Unpooled.buffer();
        Future<Channel> opened = Loops.on(session.loop(), () -> {
            Promise<Channel> told = session.loop().newPromise();
            // As the handshake of a hop above does it: within the reply that opened the tunnel.
            outbound.dial(TARGET, session).addListener((Future<Channel> dialed) -> {
                Channel channel = dialed.getNow();
                channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                        got.writeBytes((ByteBuf) msg);
                        ReferenceCountUtil.release(msg);
                        told.trySuccess(channel);
                    }
                });
                channel.read();
            });
            return told;
        });
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        peer.reply(1, false, ":status", "200");
        peer.data(1, false, (byte) 'x');
        Loops.get(opened).close();
        assertThat(got.toString(StandardCharsets.US_ASCII)).isEqualTo("x");
    }

    @Test
    void putsTunnelsOnOneSession() throws Exception {
        Future<Channel> one = dial();
        Future<Channel> two = dial();
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        assertThat(peer.next(SpdySynStreamFrame.class).streamId()).isEqualTo(3);
        peer.reply(3, false, ":status", "200");
        peer.reply(1, false, ":status", "200");
        Hearing.unread(one);
        Hearing.unread(two);
    }

    @Test
    void asksAgainOnAnotherSessionWhenTheStreamIsRefused() throws Exception {
        Future<Channel> dialed = dial();
        Peer refusing = accept();
        refuse(refusing);
        Peer other = accept();
        grant(other);
        Hearing.unread(dialed);
    }

    @Test
    void givesUpWhenAllIsRefused() throws Exception {
        Future<Channel> dialed = dial();
        for (int i = 0; i < 4; i++) {
            refuse(accept());
        }
        DialException failure = failure(dialed);
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure.step()).isEqualTo(Step.HANDSHAKE);
    }

    @Test
    void asksAgainWhenTheServerGoesAwayBeforeItTookTheStream() throws Exception {
        Future<Channel> dialed = dial();
        Peer leaving = accept();
        leaving.next(SpdySynStreamFrame.class);
        leaving.send(new DefaultSpdyGoAwayFrame(0, SpdySessionStatus.OK));
        grant(accept());
        Hearing.unread(dialed);
    }

    @Test
    void keepsStreamsThatWereTakenWhenTheServerGoesAway() throws Exception {
        Future<Channel> one = dial();
        Peer leaving = accept();
        grant(leaving);
        Channel kept = Hearing.unread(one);
        leaving.send(new DefaultSpdyGoAwayFrame(1, SpdySessionStatus.OK));
        Future<Channel> two = dialWhen(leaving);
        grant(accept());
        Hearing.unread(two);
        assertThat(kept.isActive()).isTrue();
    }

    @Test
    void opensAnotherSessionWhereOneTakesNoMoreStreams() throws Exception {
        Future<Channel> one = dial();
        Peer small = accept();
        small.send(new DefaultSpdySettingsFrame().setValue(SpdySettingsFrame.SETTINGS_MAX_CONCURRENT_STREAMS, 1));
        grant(small);
        Hearing.unread(one);
        Future<Channel> two = dial();
        grant(accept());
        Hearing.unread(two);
    }

    @Test
    void doesNotAskAgainWhenTheStreamBreaksForAnotherReason() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        peer.send(new DefaultSpdyRstStreamFrame(1, SpdyStreamStatus.INTERNAL_ERROR));
        DialException failure = failure(dialed);
        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(failure).hasMessageContaining("stream reset: INTERNAL_ERROR");
    }

    @Test
    void givesUpOnASilentServer() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        assertThat(failure(dialed).reason()).isEqualTo(Reason.TIMEOUT);
        peer.expectReset(1, SpdyStreamStatus.CANCEL);
    }

    @Test
    void closesASessionThatIsIdle() throws Exception {
        outbound = over(with(Duration.ofMillis(100), LONG));
        Future<Channel> dialed = dial();
        Peer peer = accept();
        grant(peer);
        Hearing.unread(dialed).close();
        peer.expectEnd(Fault.NONE);
    }

    @Test
    void asksASilentServerAndBreaksTheTunnelsOfADeadOne() throws Exception {
        outbound = over(with(LONG, Duration.ofMillis(100)));
        Future<Channel> dialed = dial();
        Peer peer = accept();
        grant(peer);
        Channel tunnel = Hearing.unread(dialed);
        assertThat(peer.next(SpdyPingFrame.class).id()).isOdd();
        Loops.get(tunnel.closeFuture());
    }

    private SpdyHop with(Duration idle, Duration keepAlive) {
        SessionSettings settings = new SessionSettings(100, 1 << 20, 8 << 20, 16 * 1024, idle, keepAlive, LONG, LONG);
        return new SpdyHop(hop.at(), hop.version(), hop.auth(), hop.timeout(), settings);
    }

    @Test
    void tellsOfAServerThatSpeaksAnotherProtocol() throws Exception {
        Future<Channel> dialed = dial();
        accept().wire().write("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(failure(dialed).reason()).isEqualTo(Reason.PROTOCOL);
    }
}
