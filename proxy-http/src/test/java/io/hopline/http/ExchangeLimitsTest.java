package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Inbound;
import io.hopline.api.guard.GuardEvent;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.guard.Limits;
import io.hopline.testkit.wire.LiveInbound;
import io.hopline.testkit.wire.LoopbackOutbound;
import io.hopline.testkit.wire.Wire;
import io.hopline.testkit.wire.WireServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a request and its response may take. */
@Timeout(30)
final class ExchangeLimitsTest {

    private final InboundGuard guard =
            new InboundGuard(GuardSettings.DEFAULT.withLimits(Limits.DEFAULT.withExchangeIdle(Duration.ofSeconds(1))));
    private WireServer origin;
    private LiveInbound inbound;

    @BeforeEach
    void start() throws Exception {
        origin = new WireServer();
        Inbound http = HttpEntry.create().to(new LoopbackOutbound());
        inbound = new LiveInbound((client, session) -> http.accept(client, session.withGuard(guard.guard(client))));
    }

    @AfterEach
    void stop() throws IOException {
        inbound.close();
        origin.close();
    }

    @Test
    void answersForAnOriginThatNeverDoes() throws Exception {
        try (Wire client = inbound.connect().send(request("GET", ""));
                Wire server = origin.accepted()) {
            server.readHead();
            assertThat(client.readHead()).startsWith("HTTP/1.1 504 ").contains("error=http_response_timeout");
            assertThat(guard.counts().of(GuardEvent.EXCHANGE_IDLE)).isEqualTo(1);
            assertThat(server.readToReset()).as("the origin is not waited for").isEmpty();
        }
    }

    @Test
    void cutsAResponseShortInWhichNothingMoves() throws Exception {
        try (Wire client = inbound.connect().send(request("GET", ""));
                Wire server = origin.accepted()) {
            server.readHead();
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            assertThat(client.read(5)).isEqualTo("hello");
            assertThat(client.readToReset()).isEmpty();
        }
    }

    @Test
    void takesTwoHundredFields() throws Exception {
        try (Wire client = inbound.connect().send(request("GET", "A: b\r\n".repeat(199)));
                Wire server = origin.accepted()) {
            assertThat(server.readHead()).contains("A: b\r\n".repeat(199));
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + "A: b\r\n".repeat(198) + "\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void refusesTooManyTrailersOfARequest() throws Exception {
        String trailers = "A: b\r\n".repeat(201);
        try (Wire client = inbound.connect()
                        .send(request("POST", "Transfer-Encoding: chunked\r\n") + "0\r\n" + trailers + "\r\n");
                Wire server = origin.accepted()) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 431 ");
            assertThat(server.readToReset()).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void cutsAResponseShortThatHasTooManyTrailers() throws Exception {
        String trailers = "A: b\r\n".repeat(201);
        try (Wire client = inbound.connect().send(request("GET", ""));
                Wire server = origin.accepted()) {
            server.readHead();
            server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n" + trailers + "\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            assertThat(client.read(10)).isEqualTo("5\r\nhello\r\n");
            assertThat(client.readToReset()).isEmpty();
        }
    }

    private String request(String method, String fields) {
        return method + " http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
    }
}
