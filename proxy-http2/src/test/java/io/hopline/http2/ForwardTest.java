package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hopline.api.Drain;
import io.hopline.api.Inbound;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.StreamPeer.Fault;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as header sections, and what comes back (RFC 9113 section 8). */
class ForwardTest extends ServerTestBase {

    @Test
    void handsARequestOnInAbsoluteForm() throws Exception {
        client.get(1, "/a?b");
        client.expectHead(1, "200");
        assertThat(client.body(1)).startsWith("GET http://origin.example/a?b ");
    }

    @Test
    void sendsNoFieldThatConcernsAConnection() throws Exception {
        client.get(1, "/");
        Http2Headers head = client.expectHead(1, "200");
        assertThat(head.contains("connection")).isFalse();
        assertThat(head.getAll("x-many")).hasToString("[one, two]");
        client.body(1);
    }

    @Test
    void endsResponsesWithoutBodyAtOnce() throws Exception {
        client.request(1, "HEAD", "/", true);
        expectBodyless(1, "200");
        client.get(3, "/status/204");
        expectBodyless(3, "204");
        client.get(5, "/status/304");
        expectBodyless(5, "304");
    }

    private void expectBodyless(int id, String status) throws Exception {
        Frame head = client.next(Peer.HEADERS);
        assertThat(head.id()).isEqualTo(id);
        assertThat(client.fields(head).status()).hasToString(status);
        assertThat(head.ends()).isTrue();
    }

    @Test
    void passesAnInterimResponseOnBeforeTheFinalOne() throws Exception {
        client.get(1, "/hints");
        assertThat(client.expectHead(1, "103").contains("content-length")).isFalse();
        client.expectHead(1, "200");
        assertThat(client.body(1)).startsWith("GET ");
    }

    @Test
    void carriesTrailersBothWays() throws Exception {
        client.request(1, "POST", "/trailers", false);
        client.data(1, false, (byte) 'x');
        client.headers(1, true, "x-sum", "42");
        client.expectHead(1, "200");
        assertThat(client.next(Peer.DATA).text()).endsWith("142");
        Frame trailers = client.next(Peer.HEADERS);
        assertThat(client.fields(trailers).get("x-sum")).hasToString("1");
        assertThat(trailers.ends()).isTrue();
    }

    @Test
    void takesAnUploadLargerThanAnyWindow() throws Exception {
        client.request(1, "POST", "/", false, "content-length", "6553600");
        int open = 64 * 1024 - 1;
        int all = open;
        for (int i = 0; i < 400; i++) {
            while (Math.min(open, all) < 16 * 1024) {
                Frame update = client.next(Peer.WINDOW_UPDATE);
                if (update.id() == 1) {
                    open += update.code();
                } else {
                    all += update.code();
                }
            }
            client.data(1, i == 399, new byte[16 * 1024]);
            open -= 16 * 1024;
            all -= 16 * 1024;
        }
        client.expectHead(1, "200");
        assertThat(client.body(1)).endsWith("6553600");
    }

    @Test
    void sendsNoMoreThanTheWindowsLet() throws Exception {
        client.settings(Peer.INITIAL_WINDOW, 10);
        client.get(1, "/bytes/25");
        client.expectHead(1, "200");
        assertThat(client.next(Peer.DATA).payload().remaining()).isEqualTo(10);
        client.number(Peer.WINDOW_UPDATE, 1, 10);
        assertThat(client.next(Peer.DATA).payload().remaining()).isEqualTo(10);
        client.number(Peer.WINDOW_UPDATE, 1, 10);
        assertThat(client.body(1)).hasSize(5);
    }

    @Test
    void putsTheCrumbsOfACookieTogether() throws Exception {
        client.request(1, "GET", "/", true, "cookie", "a=1", "cookie", "b=2", "x-many", "x");
        client.expectHead(1, "200");
        client.body(1);
    }

    @TestFactory
    Stream<DynamicTest> resetsWhatCouldSmuggle() {
        return Stream.of(
                        List.of(":path", "/ HTTP/1.1\r\nX: y"),
                        List.of(":path", "noslash"),
                        List.of(":authority", "a/b"),
                        List.of(":authority", "user@a"),
                        List.of(":scheme", "gopher"),
                        List.of(":method", "GET /"),
                        List.of("x-value", "a\r\nb: c"),
                        List.of("x-value", " a"),
                        List.of("x-value", "a "),
                        List.of("x-value", "a\t"),
                        List.of("x-value", "a\u0001b"),
                        List.of("x-value", "a\u007fb"),
                        List.of("content-length", ""),
                        List.of("te", "gzip"),
                        List.of(":path", "/#a"),
                        List.of(":path", "http://x/"),
                        List.of(":authority", "a,b"),
                        List.of("X-Upper", "a"),
                        List.of("x name", "a"),
                        List.of("connection", "close"),
                        List.of("transfer-encoding", "chunked"),
                        List.of("host", "other.example"),
                        List.of("content-length", "+1"),
                        List.of("content-length", "1"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.toString(), () -> {
                    Peer other = serve(settings(LONG, LONG));
                    String[] head = {":method", "GET", ":scheme", "http", ":authority", "origin.example", ":path", "/"};
                    for (int i = 0; i < head.length; i += 2) {
                        if (head[i].equals(wrong.get(0))) {
                            head[i + 1] = wrong.get(1);
                        }
                    }
                    List<String> fields = new ArrayList<>(List.of(head));
                    if (!wrong.get(0).startsWith(":")) {
                        fields.addAll(wrong);
                    }
                    other.headers(1, true, fields.toArray(String[]::new));
                    other.expectReset(1, Fault.PROTOCOL);
                }));
    }

    @Test
    void resetsABodyThatIsNotAsLongAsItSays() throws Exception {
        client.request(1, "POST", "/", false, "content-length", "2");
        client.expectAnswer(3);
        client.data(1, true, (byte) 1);
        client.expectReset(1, Fault.PROTOCOL);
        await().until(() -> !answers.broken().isEmpty());
        client.expectAnswer(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void cutsTheResponseShortToARequestOfAnotherLengthThanTold(int length) throws Exception {
        client.request(1, "POST", "/half", false, "content-length", "2");
        client.expectHead(1, "200");
        assertThat(client.next(Peer.DATA).ends()).isFalse();
        client.data(1, length < 2, new byte[length]);
        client.expectReset(1, Fault.PROTOCOL);
        await().until(() -> !answers.broken().isEmpty());
    }

    /** The request that carries it on (RFC 8441 section 5) has no body, and its origin would take the next request for one. */
    @Test
    void resetsAWebSocketThatAnnouncesABody() throws Exception {
        client.request(1, "CONNECT", "/", false, ":protocol", "websocket", "content-length", "5");
        client.expectReset(1, Fault.PROTOCOL);
        client.expectAnswer(3);
    }

    @Test
    void finishesWhatIsUnderWayWhenItDrains() throws Exception {
        BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
        Inbound http2 = new Http2Inbound(settings(LONG, LONG), answers);
        TestListener listener = LOOPS.closing(TestListener.bind(
                LOOPS,
                (channel, session) -> {
                    http2.accept(channel, session);
                    accepted.add(channel);
                },
                observer));
        Peer leaving = LOOPS.closing(Peer.client(Wire.connect(listener.address())));
        leaving.request(1, "POST", "/", false);
        leaving.expectAnswer(3);
        accepted.take().pipeline().fireUserEventTriggered(Drain.INSTANCE);
        Frame goAway = leaving.next(Peer.GOAWAY);
        assertThat(goAway.payload().getInt(0)).isEqualTo(3);
        assertThat(Http2Error.valueOf(goAway.code())).isEqualTo(Http2Error.NO_ERROR);
        leaving.get(5, "/");
        leaving.data(1, true);
        leaving.expectHead(1, "200");
        leaving.body(1);
        leaving.wire().expectEnd();
    }
}
