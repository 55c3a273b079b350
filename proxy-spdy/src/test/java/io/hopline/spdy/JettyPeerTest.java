package io.hopline.spdy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.spdy.session.Version;
import io.hopline.testkit.TestListener;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.spdy.api.BytesDataInfo;
import org.eclipse.jetty.spdy.api.DataInfo;
import org.eclipse.jetty.spdy.api.PingInfo;
import org.eclipse.jetty.spdy.api.ReplyInfo;
import org.eclipse.jetty.spdy.api.SPDY;
import org.eclipse.jetty.spdy.api.Session;
import org.eclipse.jetty.spdy.api.Stream;
import org.eclipse.jetty.spdy.api.StreamFrameListener;
import org.eclipse.jetty.spdy.api.SynInfo;
import org.eclipse.jetty.spdy.client.SPDYClient;
import org.eclipse.jetty.util.Fields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jetty's sessions of SPDY/3, which have no window for the whole, as clients. */
class JettyPeerTest extends SpdyServerTestBase {

    private final SPDYClient.Factory factory = new SPDYClient.Factory();
    private Session jetty;

    @BeforeEach
    void open() throws Exception {
        TestListener listener =
                LOOPS.closing(TestListener.bind(LOOPS, new SpdyInbound(Version.V3, SETTINGS, answers), observer));
        factory.start();
        jetty = factory.newSPDYClient(SPDY.V3)
                .connect(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                listener.address().port()),
                        null);
    }

    @AfterEach
    void end() throws Exception {
        factory.stop();
    }

    @Test
    void readsResponsesLargerThanAnyWindow() throws Exception {
        Answer answer = new Answer();
        ask("GET", "/bytes/4000000", true, answer);
        assertThat(answer.all()).hasSize(4_000_000);
        assertThat(answer.status).startsWith("200");
    }

    @Test
    void sendsUploadsLargerThanAnyWindow() throws Exception {
        Answer answer = new Answer();
        Stream stream = ask("POST", "/", false, answer);
        stream.data(new BytesDataInfo(20, TimeUnit.SECONDS, new byte[20_000_000], true));
        assertThat(new String(answer.all(), US_ASCII)).endsWith(" 20000000");
    }

    @Test
    void isAnsweredWhenItPings() throws Exception {
        assertThat(jetty.ping(new PingInfo(10, TimeUnit.SECONDS)).getPingId()).isPositive();
    }

    private Stream ask(String method, String path, boolean alone, Answer answer) throws Exception {
        Fields headers = new Fields();
        headers.put(":method", method);
        headers.put(":path", path);
        headers.put(":version", "HTTP/1.1");
        headers.put(":host", "origin.example");
        headers.put(":scheme", "http");
        return jetty.syn(new SynInfo(10, TimeUnit.SECONDS, headers, alone, (byte) 0), answer);
    }

    private static final class Answer extends StreamFrameListener.Adapter {

        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> all = new CompletableFuture<>();
        private volatile String status = "";

        byte[] all() throws Exception {
            return all.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void onReply(Stream stream, ReplyInfo reply) {
            status = reply.getHeaders().get(":status").getValue();
        }

        @Override
        public void onData(Stream stream, DataInfo data) {
            read.writeBytes(data.asBytes(true));
            if (data.isClose()) {
                all.complete(read.toByteArray());
            }
        }

        @Override
        public void onFailure(Stream stream, Throwable cause) {
            all.completeExceptionally(cause);
        }
    }
}
