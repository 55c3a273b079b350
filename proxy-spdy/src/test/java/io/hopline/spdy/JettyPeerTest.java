package io.hopline.spdy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.spdy.session.Version;
import io.hopline.testkit.TestListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.NegotiatingClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
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
import org.eclipse.jetty.spdy.client.SPDYClientConnectionFactory;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jetty's sessions of SPDY/3, which have no window for the whole, as clients, without TLS and above the JDK's with ALPN: Jetty's own asks
 * for NPN, which no JDK has.
 */
@ParameterizedClass(name = "with TLS: {0}")
@ValueSource(booleans = {false, true})
class JettyPeerTest extends SpdyServerTestBase {

    @Parameter
    boolean tls;

    private SPDYClient.Factory factory;
    private Session jetty;

    @BeforeEach
    void open() throws Exception {
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, inbound(Version.V3, tls), observer));
        SslContextFactory context = new SslContextFactory(true);
        context.setIncludeProtocols("TLSv1.2");
        factory = tls ? new SPDYClient.Factory(context) : new SPDYClient.Factory();
        factory.start();
        JdkAlpn alpn = new JdkAlpn();
        SPDYClient client = tls ? factory.newSPDYClient(SPDY.V3, alpn) : factory.newSPDYClient(SPDY.V3);
        jetty = client.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), listener.address().port()),
                null);
        if (tls) {
            // Jetty begins a handshake when it opens the connection: another one, if a first write was done with it by
            // then.
            alpn.opened.get(10, TimeUnit.SECONDS);
        }
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

    private static final class JdkAlpn extends NegotiatingClientConnectionFactory {

        private final CompletableFuture<Connection> opened = new CompletableFuture<>();

        JdkAlpn() {
            super(new SPDYClientConnectionFactory());
        }

        @Override
        public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
            SSLEngine engine =
                    (SSLEngine) requireNonNull(context.get(SslClientConnectionFactory.SSL_ENGINE_CONTEXT_KEY));
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {Version.V3.alpn()});
            engine.setSSLParameters(parameters);
            Connection connection = getClientConnectionFactory().newConnection(endPoint, context);
            connection.addListener(new Connection.Listener.Adapter() {
                @Override
                public void onOpened(Connection one) {
                    opened.complete(one);
                }
            });
            return connection;
        }
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
