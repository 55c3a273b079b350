package io.hopline.spdy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.okhttp.Protocol;
import com.squareup.okhttp.internal.framed.FramedConnection;
import com.squareup.okhttp.internal.framed.FramedStream;
import com.squareup.okhttp.internal.framed.Header;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.TestListener;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import okio.BufferedSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OkHttp's sessions of SPDY/3.1 as clients. */
class OkHttpPeerTest extends SpdyServerTestBase {

    private FramedConnection okhttp;

    @BeforeEach
    void open() throws Exception {
        TestListener listener =
                LOOPS.closing(TestListener.bind(LOOPS, new SpdyInbound(Version.V3_1, SETTINGS, answers), observer));
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), listener.address().port());
        okhttp = new FramedConnection.Builder(true)
                .socket(socket)
                .protocol(Protocol.SPDY_3)
                .build();
        okhttp.sendConnectionPreface();
    }

    @AfterEach
    void end() throws Exception {
        okhttp.close();
    }

    @Test
    void readsResponsesLargerThanAnyWindow() throws Exception {
        FramedStream stream = ask("GET", "/bytes/20000000", false);
        assertThat(status(stream)).startsWith("200");
        assertThat(Okio.buffer(stream.getSource()).readByteArray()).hasSize(20_000_000);
    }

    @Test
    void sendsUploadsLargerThanAnyWindow() throws Exception {
        FramedStream stream = ask("POST", "/", true);
        try (BufferedSink sink = Okio.buffer(stream.getSink())) {
            sink.write(new byte[20_000_000]);
        }
        assertThat(body(stream)).endsWith(" 20000000");
    }

    @Test
    void hasManyStreamsAtOnce() throws Exception {
        List<FramedStream> all = new ArrayList<>();
        for (int i = 0; i < MOST_STREAMS; i++) {
            all.add(ask("POST", "/" + i, true));
        }
        for (FramedStream stream : all) {
            stream.getSink().close();
        }
        for (int i = 0; i < MOST_STREAMS; i++) {
            assertThat(body(all.get(i))).startsWith("POST http://origin.example/" + i + " ");
        }
        assertThat(okhttp.maxConcurrentStreams()).isEqualTo(MOST_STREAMS);
    }

    @Test
    void isAnsweredWhenItPings() throws Exception {
        assertThat(okhttp.ping().roundTripTime()).isPositive();
    }

    private FramedStream ask(String method, String path, boolean body) throws Exception {
        return okhttp.newStream(
                List.of(
                        new Header(":method", method),
                        new Header(":path", path),
                        new Header(":version", "HTTP/1.1"),
                        new Header(":host", "origin.example"),
                        new Header(":scheme", "http")),
                body,
                true);
    }

    private static String status(FramedStream stream) throws Exception {
        return stream.getResponseHeaders().stream()
                .filter(header -> header.name.utf8().equals(":status"))
                .map(header -> header.value.utf8())
                .findFirst()
                .orElseThrow();
    }

    private static String body(FramedStream stream) throws Exception {
        return Okio.buffer(stream.getSource()).readString(US_ASCII);
    }
}
