package io.hopline.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.transport.ProxyProtocolLayer;
import io.hopline.api.transport.ProxyProtocolLayer.Version;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Hearing;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.stream.StreamPeer.Fault;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a hop does with a server that is played frame by frame. */
class Http2HopTest extends HopTestBase {

    @Test
    void tellsNoServerOneClientsAddressForAllOfThem() {
        Http2Hop telling =
                Http2Hop.to(new HostPort("proxy.example", 443)).withLayers(new ProxyProtocolLayer(Version.V2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chain.of(telling))
                .withMessageStartingWith(
                        "clients share the sessions of hop 1 (http2 proxy.example:443), so it can't tell");
    }

    @Test
    void asksForTheTargetAndNothingElse() throws Exception {
        outbound = over(hop.withAuth("u", "p"));
        Future<Channel> dialed = dial();
        Peer peer = accept();
        Frame head = peer.next(Peer.HEADERS);
        Http2Headers asked = peer.fields(head);
        assertThat(asked.method()).hasToString("CONNECT");
        assertThat(asked.authority()).hasToString("target.example:443");
        assertThat(asked.scheme()).isNull();
        assertThat(asked.path()).isNull();
        assertThat(asked.get("proxy-authorization")).hasToString("Basic dTpw");
        assertThat(head.ends()).isFalse();
        peer.headers(head.id(), false, ":status", "200");
        assertThat(Hearing.unread(dialed).isActive()).isTrue();
    }

    @Test
    void sharesASessionAmongDials() throws Exception {
        Future<Channel> first = dial();
        Peer peer = accept();
        grant(peer);
        Channel one = Hearing.unread(first);
        Future<Channel> second = dial();
        grant(peer);
        assertThat(Hearing.unread(second)).isNotEqualTo(one);
    }

    @Test
    void keepsASessionForEachLoop() throws Exception {
        Future<Channel> first = dial();
        grant(accept());
        Hearing.unread(first);
        EventLoop loop = session.loop();
        while (session.loop().equals(loop)) {
            session = LOOPS.session(new RecordingObserver());
        }
        Future<Channel> second = dial();
        grant(accept());
        assertThat(Hearing.unread(second).eventLoop()).isEqualTo(session.loop());
    }

    @Test
    void opensAnotherSessionWhenTheServersLimitIsReached() throws Exception {
        Future<Channel> first = dial();
        Peer one = accept(MAX_STREAMS, 1);
        grant(one);
        Hearing.unread(first);
        Future<Channel> second = dial();
        grant(accept(MAX_STREAMS, 1));
        assertThat(Hearing.unread(second).isActive()).isTrue();
    }

    @Test
    void opensAnotherSessionWhenTheServerSaysGoodbye() throws Exception {
        Future<Channel> first = dial();
        Peer one = accept();
        int id = grant(one);
        Channel tunnel = Hearing.unread(first);
        goAway(one, id);
        one.send(Peer.PING, 0, 0, new byte[8]);
        one.next(Peer.PING);
        Future<Channel> second = dial();
        grant(accept());
        Hearing.unread(second);
        assertThat(tunnel.isActive()).as("what was under way goes on").isTrue();
    }

    @Test
    void asksAgainElsewhereWhatTheServerRefused() throws Exception {
        Future<Channel> dialed = dial();
        refuse(accept());
        grant(accept());
        assertThat(Hearing.unread(dialed).isActive()).isTrue();
    }

    @Test
    void opensNoMoreStreamsOnASessionThanItsServerTookWhenItRefused() throws Exception {
        Hearing hearing = new Hearing();
        Future<Channel> taken = dial();
        Peer full = accept();
        int id = full.grant();
        hearing.to(taken);
        Future<Channel> moved = dial();
        refuse(full);
        Peer other = accept();
        grant(other);
        Hearing.unread(moved);
        Future<Channel> next = dial();
        grant(other);
        Hearing.unread(next);
        full.data(id, false, (byte) 'x');
        assertThat(hearing.next()).as("what was under way goes on").isEqualTo("x");
    }

    @Test
    void asksAgainElsewhereWhatAServerThatLeavesHasNotSeen() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept();
        peer.next(Peer.HEADERS);
        goAway(peer, 0);
        grant(accept());
        assertThat(Hearing.unread(dialed).isActive()).isTrue();
    }

    @Test
    void asksNotAgainWhatTheServerMayHaveSeen() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept();
        int id = peer.next(Peer.HEADERS).id();
        peer.number(Peer.RST_STREAM, id, (int) Http2Error.INTERNAL_ERROR.code());
        assertThat(failure(dialed).reason()).isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void dialsNoFurtherForWhatWasRefusedOnceItsClientHasLeft() throws Exception {
        Iterator<Outbound> ways = List.of(
                        Dialer.sockets(), (at, with) -> with.loop().newPromise())
                .iterator();
        BlockingQueue<Future<Channel>> sessions = new LinkedBlockingQueue<>();
        Outbound via = (at, with) -> {
            Future<Channel> next = ways.next().dial(at, with);
            sessions.add(next);
            return next;
        };
        outbound = (HttpOutbound) hop.over(via, HopRef.of(1, hop));
        Future<Channel> dialed = dial();
        refuse(accept());
        sessions.take();
        Future<Channel> another = sessions.take();
        dialed.cancel(false);
        assertThat(another.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(another.isCancelled()).isTrue();
    }

    @Test
    void givesUpWhenAllIsRefused() throws Exception {
        Future<Channel> dialed = dial();
        for (int i = 0; i < 4; i++) {
            refuse(accept());
        }
        assertThat(failure(dialed)).hasMessageContaining("refused");
    }

    @Test
    void doesNotWaitForeverForAGreeting() throws Exception {
        Future<Channel> dialed = dial();
        LOOPS.closing(server.accept());
        assertThat(failure(dialed).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void tellsThatTheServerSpeaksSomethingElse() throws Exception {
        Future<Channel> dialed = dial();
        LOOPS.closing(server.accept()).write("HTTP/1.1 400 Bad Request\r\n\r\n");
        DialException failure = failure(dialed);
        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(failure.at().position()).isOne();
    }

    @Test
    void doesNotWaitForeverForAReply() throws Exception {
        Future<Channel> dialed = dial();
        accept().next(Peer.HEADERS);
        assertThat(failure(dialed).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void tellsWhatARefusalSays() throws Exception {
        Future<Channel> lines = dial();
        Peer peer = accept();
        peer.data(refusing(peer, "text/plain; charset=utf-8"), false, "no route\nor so".getBytes(US_ASCII));
        assertThat(failure(lines)).hasMessageEndingWith("says: 502 Bad Gateway: no route");
        Future<Channel> line = dial();
        peer.data(refusing(peer, "text/plain"), true, "no way".getBytes(US_ASCII));
        assertThat(failure(line)).hasMessageEndingWith("says: 502 Bad Gateway: no way");
        Future<Channel> page = dial();
        refusing(peer, "text/html");
        assertThat(failure(page)).hasMessageEndingWith("says: 502 Bad Gateway");
    }

    @Test
    void tellsOfARefusalThatSaysNoMore() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept();
        int id = refusing(peer, "text/plain");
        peer.settle();
        peer.reset(id);
        assertThat(failure(dialed)).hasMessageEndingWith("says: 502 Bad Gateway");
    }

    private static int refusing(Peer peer, String type) throws Exception {
        int id = peer.next(Peer.HEADERS).id();
        peer.headers(id, false, ":status", "502", "content-type", type);
        return id;
    }

    @Test
    void closesASessionThatIsIdle() throws Exception {
        outbound = over(hop(Duration.ofMillis(100), LONG, LONG));
        Future<Channel> dialed = dial();
        Peer peer = accept();
        grant(peer);
        Hearing.unread(dialed).close();
        peer.expectEnd(Fault.NONE);
    }

    @Test
    void breaksTunnelsOfASessionThatIsDead() throws Exception {
        outbound = over(hop(LONG, Duration.ofMillis(100), LONG));
        Future<Channel> dialed = dial();
        Peer peer = accept();
        grant(peer);
        Channel tunnel = Hearing.unread(dialed);
        peer.next(Peer.PING);
        Loops.get(tunnel.closeFuture());
        assertThat(tunnel.isActive()).isFalse();
    }

    @Test
    void refusesAUserNameThatCantBeSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> hop.withAuth("a:b", "p"));
    }

    private static void refuse(Peer peer) throws Exception {
        int id = peer.next(Peer.HEADERS).id();
        peer.number(Peer.RST_STREAM, id, (int) Http2Error.REFUSED_STREAM.code());
    }

    private static void goAway(Peer peer, int last) throws IOException {
        peer.send(Peer.GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(last).array());
    }
}
