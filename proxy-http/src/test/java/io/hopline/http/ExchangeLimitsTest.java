package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Inbound;
import io.hopline.api.guard.GuardEvent;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.guard.Limits;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
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
    private Target origin;
    private LiveInbound inbound;

    @BeforeEach
    void start() throws Exception {
        origin = Target.listen();
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
        try (Wire client = inbound.connect().write(request("GET", ""));
                Wire server = origin.accept()) {
            server.readHead();
            assertThat(client.readHead()).startsWith("HTTP/1.1 504 ").contains("error=http_response_timeout");
            assertThat(guard.counts().of(GuardEvent.EXCHANGE_IDLE)).isEqualTo(1);
            assertThat(server.expectReset()).as("the origin is not waited for").isEmpty();
        }
    }

    @Test
    void cutsAResponseShortInWhichNothingMoves() throws Exception {
        try (Wire client = inbound.connect().write(request("GET", ""));
                Wire server = origin.accept()) {
            server.readHead();
            server.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            client.expect("hello");
            assertThat(client.expectReset()).isEmpty();
        }
    }

    @Test
    void takesTwoHundredFields() throws Exception {
        try (Wire client = inbound.connect().write(request("GET", "A: b\r\n".repeat(199)));
                Wire server = origin.accept()) {
            assertThat(server.readHead()).contains("A: b\r\n".repeat(199));
            server.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + "A: b\r\n".repeat(198) + "\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void refusesTooManyTrailersOfARequest() throws Exception {
        String trailers = "A: b\r\n".repeat(201);
        try (Wire client = inbound.connect()
                        .write(request("POST", "Transfer-Encoding: chunked\r\n") + "0\r\n" + trailers + "\r\n");
                Wire server = origin.accept()) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 431 ");
            assertThat(server.expectResetOrNothing()).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void cutsAResponseShortThatHasTooManyTrailers() throws Exception {
        String trailers = "A: b\r\n".repeat(201);
        try (Wire client = inbound.connect().write(request("GET", ""));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n" + trailers + "\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            client.expect("5\r\nhello\r\n");
            assertThat(client.expectReset()).isEmpty();
        }
    }

    private String request(String method, String fields) {
        return method + " http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
    }
}
