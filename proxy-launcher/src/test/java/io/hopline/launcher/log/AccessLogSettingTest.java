package io.hopline.launcher.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.ConfigFactory;
import io.hopline.launcher.Hopline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class AccessLogSettingTest {

    private final Logger log = (Logger) LoggerFactory.getLogger("hopline.access");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void end() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    @Test
    void writesALineForEachSession() throws IOException {
        serve("");
        assertThat(lines.list).singleElement().asString().contains("target=a.example:1");
    }

    @Test
    void writesNoneIfTheConfigSaysSo() throws IOException {
        serve("access-log = false");
        assertThat(lines.list).isEmpty();
    }

    /** When it returns, all is logged that there will be. */
    private static void serve(String setting) throws IOException {
        String inbound = "{ name = blocked, type = connect, listen = 0, outbound = block }";
        try (Hopline hopline =
                Hopline.start(ConfigFactory.parseString("hopline { inbounds = [" + inbound + "], " + setting + " }"))) {
            InetSocketAddress address = hopline.address("blocked");
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                client.getOutputStream()
                        .write("CONNECT a.example:1 HTTP/1.1\r\nHost: a.example:1\r\n\r\n".getBytes(US_ASCII));
                assertThat(client.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .startsWith("HTTP/1.1 403 ");
            }
        }
    }
}
