package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hopline.api.HostPort;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for clients of HTTP/2 without TLS, whose sessions no section of an {@code http} or {@code connect} inbound is about. */
@Timeout(30)
class PriorKnowledgeDefaultsTest {

    private static final int MAX_CONCURRENT_STREAMS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"http", "connect", "http2", "mixed"})
    void areThoseOfTheConfig(String type) throws IOException {
        Config config = ConfigFactory.parseString("""
                hopline {
                  defaults.alpn.h2.max-streams = 20
                  inbounds = [ { name = plain, type = %s, listen = 0 } ]
                }\
                """.formatted(type));
        try (Hopline hopline = Hopline.start(config);
                Wire client = Wire.connect(HostPort.of(hopline.address("plain")))) {
            client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});

            assertThat(settings(client)).containsEntry(MAX_CONCURRENT_STREAMS, 20);
        }
    }

    /** Those of the server's preface (RFC 9113 section 3.4). */
    private static Map<Integer, Integer> settings(Wire client) throws IOException {
        int length = ByteBuffer.wrap(client.read(9)).getInt() >>> 8;
        ByteBuffer payload = ByteBuffer.wrap(client.read(length));
        Map<Integer, Integer> settings = new HashMap<>();
        while (payload.hasRemaining()) {
            settings.put((int) payload.getShort(), payload.getInt());
        }
        return settings;
    }
}
