package io.hopline.spdy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.okhttp.Protocol;
import com.squareup.okhttp.internal.framed.FramedConnection;
import com.squareup.okhttp.internal.framed.FramedStream;
import com.squareup.okhttp.internal.framed.Header;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.TestListener;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okio.BufferedSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** OkHttp's sessions of SPDY/3.1 as clients, without TLS and above the JDK's with ALPN: OkHttp's own asks for what is gone since JDK 9. */
@ParameterizedClass(name = "with TLS: {0}")
@ValueSource(booleans = {false, true})
class OkHttpPeerTest extends SpdyServerTestBase {

    @Parameter
    boolean tls;

    private FramedConnection okhttp;

    @BeforeEach
    void open() throws Exception {
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, inbound(Version.V3_1, tls), observer));
        int port = listener.address().port();
        Socket socket = tls ? agreeing(port) : new Socket(InetAddress.getLoopbackAddress(), port);
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

    private static Socket agreeing(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {Protocol.SPDY_3.toString(), "http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo(Version.V3_1.alpn());
        return socket;
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
