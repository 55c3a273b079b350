package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.testkit.Loops;
import io.hopline.testkit.stream.StreamPeer.Fault;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a hop does with a server that is played frame by frame. */
class Http2HopTest extends HopTestBase {

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
        assertThat(Loops.get(dialed).isActive()).isTrue();
    }

    @Test
    void sharesASessionAmongDials() throws Exception {
        Future<Channel> first = dial();
        Peer peer = accept();
        grant(peer);
        Loops.get(first);
        Future<Channel> second = dial();
        grant(peer);
        assertThat(Loops.get(second)).isNotEqualTo(Loops.get(first));
    }

    @Test
    void opensAnotherSessionWhenTheServersLimitIsReached() throws Exception {
        Future<Channel> first = dial();
        Peer one = accept(MAX_STREAMS, 1);
        grant(one);
        Loops.get(first);
        Future<Channel> second = dial();
        grant(accept(MAX_STREAMS, 1));
        assertThat(Loops.get(second).isActive()).isTrue();
    }

    @Test
    void opensAnotherSessionWhenTheServerSaysGoodbye() throws Exception {
        Future<Channel> first = dial();
        Peer one = accept();
        int id = grant(one);
        Channel tunnel = Loops.get(first);
        goAway(one, id);
        one.send(Peer.PING, 0, 0, new byte[8]);
        one.next(Peer.PING);
        Future<Channel> second = dial();
        grant(accept());
        Loops.get(second);
        assertThat(tunnel.isActive()).as("what was under way goes on").isTrue();
    }

    @Test
    void asksAgainElsewhereWhatTheServerRefused() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept(MAX_STREAMS, 1);
        int refused = peer.next(Peer.HEADERS).id();
        peer.number(Peer.RST_STREAM, refused, (int) Http2Error.REFUSED_STREAM.code());
        grant(peer);
        assertThat(Loops.get(dialed).isActive()).isTrue();
    }

    @Test
    void asksAgainElsewhereWhatAServerThatLeavesHasNotSeen() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept();
        peer.next(Peer.HEADERS);
        goAway(peer, 0);
        grant(accept());
        assertThat(Loops.get(dialed).isActive()).isTrue();
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
    void givesUpWhenAllIsRefused() throws Exception {
        Future<Channel> dialed = dial();
        Peer peer = accept();
        for (int i = 0; i < 4; i++) {
            int id = peer.next(Peer.HEADERS).id();
            peer.number(Peer.RST_STREAM, id, (int) Http2Error.REFUSED_STREAM.code());
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
    void closesASessionThatIsIdle() throws Exception {
        outbound = over(hop(Duration.ofMillis(100), LONG, LONG));
        Future<Channel> dialed = dial();
        Peer peer = accept();
        grant(peer);
        Loops.get(dialed).close();
        peer.expectEnd(Fault.NONE);
    }

    @Test
    void breaksTunnelsOfASessionThatIsDead() throws Exception {
        outbound = over(hop(LONG, Duration.ofMillis(100), LONG));
        Future<Channel> dialed = dial();
        Peer peer = accept();
        grant(peer);
        Channel tunnel = Loops.get(dialed);
        peer.next(Peer.PING);
        Loops.get(tunnel.closeFuture());
        assertThat(tunnel.isActive()).isFalse();
    }

    @Test
    void refusesAUserNameThatCantBeSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> hop.withAuth("a:b", "p"));
    }

    private static void goAway(Peer peer, int last) throws IOException {
        peer.send(Peer.GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(last).array());
    }
}
