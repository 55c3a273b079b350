package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What inbounds with TLS offer by ALPN to a client that would speak any of it. */
@Timeout(60)
class OfferedProtocolTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        type = http2                                    | h2
        type = spdy                                     | spdy/3.1
        type = spdy, version = 3                        | spdy/3
        type = spdy, tls { alpn = ["spdy/3.1"] }        | spdy/3.1
        type = http2, tls { alpn = [h2] }               | h2
        type = http, tls { alpn = ["spdy/3", h2] }      | spdy/3
        type = http                                     | ''
        type = mixed                                    | ''
        """)
    void offersWhatTheConfigSaysOrElseWhatTheInboundSpeaks(String inbound, String agreed) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (Hopline hopline =
                        Hopline.start(ConfigFactory.parseString("hopline { inbounds = [ { name = front, listen = 0, "
                                + inbound + ", tls { self-signed = true } } ] }"));
                SSLSocket client = (SSLSocket) context.getSocketFactory()
                        .createSocket(
                                InetAddress.getLoopbackAddress(),
                                hopline.address("front").getPort())) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"http/1.1", "spdy/3", "spdy/3.1", "h2"});
            client.setSSLParameters(parameters);
            client.startHandshake();

            assertThat(client.getApplicationProtocol()).isEqualTo(agreed);
        }
    }
}
