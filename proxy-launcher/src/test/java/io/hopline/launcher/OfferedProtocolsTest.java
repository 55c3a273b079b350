package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS of an inbound offers by ALPN is what its clients are then served. */
@Timeout(60)
class OfferedProtocolsTest {

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
    void areWhatTheConfigSaysOrElseWhatTheInboundSpeaks(String inbound, String agreed) throws Exception {
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

    @ParameterizedTest
    @ValueSource(strings = {"http2", "spdy"})
    void areNotHttp11WhereItIsNotSpoken(String type) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> offeringHttp11("type = " + type))
                .withMessageEndingWith(
                        "hopline.inbounds.0.tls.alpn: http/1.1 can't be served here: clients must begin a"
                                + " session of streams; leave it out, or take type = http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"type = http", "type = connect", "type = mixed", "type = tcp, target = \"192.0.2.1:80\""})
    void mayBeHttp11WhereItIsOrMayBeSpoken(String inbound) {
        assertThat(offeringHttp11(inbound).inbounds()).hasSize(1);
    }

    private static HoplineConfig offeringHttp11(String inbound) {
        return HoplineConfig.of(
                ConfigFactory.parseString("hopline.inbounds = [ { listen = 1, " + inbound
                        + ", tls { self-signed = true, alpn = [\"http/1.1\"] } } ]"),
                Plugins.load());
    }
}
