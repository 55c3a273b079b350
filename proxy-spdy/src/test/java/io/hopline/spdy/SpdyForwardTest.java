package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hopline.spdy.session.Version;
import io.netty.handler.codec.spdy.DefaultSpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyWindowUpdateFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as header blocks, and what comes back. */
class SpdyForwardTest extends SpdyServerTestBase {

    private static final String[] WHOLE = {
        ":method", "GET", ":path", "/", ":version", "HTTP/1.1", ":host", "origin.example", ":scheme", "http"
    };

    @Test
    void handsARequestOnInAbsoluteForm() throws Exception {
        client.get(1, "/a?b");
        client.expectReply(1, "200");
        assertThat(client.body(1)).startsWith("GET http://origin.example/a?b ");
    }

    @Test
    void takesAPathThatIsAnAbsoluteUrl() throws Exception {
        client.get(1, "http://other.example:81/a");
        client.expectReply(1, "200");
        assertThat(client.body(1)).startsWith("GET http://other.example:81/a ");
    }

    @Test
    void takesSeveralValuesOfAField() throws Exception {
        client.request(1, "GET", "/", true, "x-many", "one", "x-many", "two");
        SpdySynReplyFrame reply = client.expectReply(1, "200");
        assertThat(reply.headers().getAllAsString("x-many")).containsExactly("one", "two");
        assertThat(client.body(1)).contains(" one");
    }

    @Test
    void sendsNoFieldThatConcernsAConnection() throws Exception {
        client.get(1, "/");
        assertThat(client.expectReply(1, "200").headers().contains("connection"))
                .isFalse();
        client.body(1);
    }

    @Test
    void endsRepliesWithoutBodyAtOnce() throws Exception {
        client.request(1, "HEAD", "/", true);
        assertThat(client.expectReply(1, "200").isLast()).isTrue();
        client.get(3, "/status/204");
        assertThat(client.expectReply(3, "204").isLast()).isTrue();
        client.get(5, "/status/304");
        assertThat(client.expectReply(5, "304").isLast()).isTrue();
    }

    /** It has but one reply to a request. */
    @Test
    void keepsAnInterimResponseToItself() throws Exception {
        client.get(1, "/hints");
        client.expectReply(1, "200");
        assertThat(client.body(1)).startsWith("GET ");
    }

    @Test
    void carriesTrailersBothWays() throws Exception {
        client.request(1, "POST", "/trailers", false);
        client.data(1, false, (byte) 'x');
        SpdyHeadersFrame trailers = new DefaultSpdyHeadersFrame(1, false);
        trailers.headers().add("x-sum", "42");
        trailers.setLast(true);
        client.send(trailers);
        client.expectReply(1, "200");
        SpdyDataFrame data = client.next(SpdyDataFrame.class);
        assertThat(data.content().toString(StandardCharsets.US_ASCII)).endsWith("142");
        data.release();
        SpdyHeadersFrame back = client.next(SpdyHeadersFrame.class);
        assertThat(back.headers().getAsString("x-sum")).isEqualTo("1");
        assertThat(back.isLast()).isTrue();
    }

    @Test
    void takesAnUploadLargerThanAnyWindow() throws Exception {
        client.request(1, "POST", "/", false, "content-length", "6553600");
        int open = 64 * 1024;
        for (int i = 0; i < 400; i++) {
            while (open < 16 * 1024) {
                SpdyWindowUpdateFrame update = client.next(SpdyWindowUpdateFrame.class);
                open += update.streamId() == 1 ? update.deltaWindowSize() : 0;
            }
            client.data(1, i == 399, new byte[16 * 1024]);
            open -= 16 * 1024;
        }
        client.expectReply(1, "200");
        assertThat(client.body(1)).endsWith("6553600");
    }

    @TestFactory
    Stream<DynamicTest> refusesARequestThatLacksAHeader() {
        return Stream.of(":method", ":path", ":version", ":host", ":scheme")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    List<String> fields = new ArrayList<>();
                    for (int i = 0; i < WHOLE.length; i += 2) {
                        if (!WHOLE[i].equals(name)) {
                            fields.add(WHOLE[i]);
                            fields.add(WHOLE[i + 1]);
                        }
                    }
                    Peer other = serve(Version.V3_1, SETTINGS);
                    other.syn(1, true, fields.toArray(String[]::new));
                    other.expectReply(1, "400");
                    assertThat(other.body(1)).contains(name);
                    assertThat(observer.takeServed().outcome()).contains("400", name);
                }));
    }

    @Test
    void refusesNamesInUpperCase() throws Exception {
        client.request(1, "GET", "/", true, "X-Upper", "1");
        assertThat(client.expectReply(1, "400").headers().contains("date")).isTrue();
        client.body(1);
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatCouldSmuggle() {
        return Stream.of(
                        List.of(":path", "/ HTTP/1.1\r\nX: y"),
                        List.of(":host", "a/b"),
                        List.of(":host", "user@a"),
                        List.of(":scheme", "gopher"),
                        List.of(":method", "GET /"),
                        List.of(":version", "HTTP/2.0"),
                        List.of("x-value", "a\r\nb: c"),
                        List.of("x name", "a"),
                        List.of("content-length", "+1"),
                        List.of("content-length", "1"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.toString(), () -> {
                    List<String> fields = new ArrayList<>();
                    for (int i = 0; i < WHOLE.length; i += 2) {
                        fields.add(WHOLE[i]);
                        fields.add(WHOLE[i].equals(wrong.get(0)) ? wrong.get(1) : WHOLE[i + 1]);
                    }
                    if (!wrong.get(0).startsWith(":")) {
                        fields.addAll(wrong);
                    }
                    Peer other = serve(Version.V3_1, SETTINGS);
                    other.syn(1, true, fields.toArray(String[]::new));
                    other.expectReply(1, "400");
                    other.body(1);
                }));
    }

    @Test
    void refusesABodyLongerThanItsLength() throws Exception {
        client.request(1, "POST", "/", false, "content-length", "2");
        client.data(1, false, (byte) 1, (byte) 2, (byte) 3);
        client.expectReply(1, "400");
        client.body(1);
        await().until(() -> !answers.broken().isEmpty());
    }

    @Test
    void refusesABodyShorterThanItsLength() throws Exception {
        client.request(1, "POST", "/", false, "content-length", "2");
        client.data(1, true, (byte) 1);
        client.expectReply(1, "400");
        client.body(1);
        await().until(() -> !answers.broken().isEmpty());
    }

    /** What stood behind the part of the response that is there would be taken for the rest of it, and FIN for its end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void cutsTheResponseShortToARequestOfAnotherLengthThanTold(int length) throws Exception {
        client.request(1, "POST", "/half", false, "content-length", "2");
        client.expectReply(1, "200");
        client.data(1, length < 2, new byte[length]);
        client.expectReset(1, SpdyStreamStatus.CANCEL);
        await().until(() -> !answers.broken().isEmpty());
    }

    @Test
    void tellsThatABodyWasCutShortByAReset() throws Exception {
        client.request(1, "POST", "/", false);
        client.data(1, false, (byte) 1);
        client.settle();
        client.reset(1);
        await().until(() -> !answers.broken().isEmpty());
        client.expectAnswer(3);
    }
}
