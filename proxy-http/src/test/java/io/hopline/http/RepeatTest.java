package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests go out again when the connection to their origin turns out to be dead, and how often (RFC 9112 section 9.3.1). */
final class RepeatTest {

    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private Target origin;
    private LiveInbound inbound;
    private Wire client;
    private Wire kept;

    /** A client whose connection to the origin has served it once. */
    @BeforeEach
    void start() throws Exception {
        origin = Target.listen();
        inbound = new LiveInbound(HttpEntry.create().to(new LoopbackOutbound()));
        client = inbound.connect().write(request("GET", "\r\n"));
        kept = origin.accept();
        kept.readHead();
        kept.write(EMPTY);
        client.readHead();
    }

    @AfterEach
    void stop() throws IOException {
        kept.close();
        client.close();
        inbound.close();
        origin.close();
    }

    private String request(String method, String rest) {
        return method + " http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\n" + rest;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsAnIdempotentRequestAgain(boolean reset) throws Exception {
        client.write(request("GET", "\r\n"));
        die(reset);
        try (Wire second = origin.accept()) {
            second.readHead();
            second.write(EMPTY);
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsNoneAThirdTime(boolean reset) throws Exception {
        client.write(request("GET", "\r\n"));
        die(reset);
        kept = origin.accept();
        die(reset);
        expect502();
        assertThat(origin.connections()).isEqualTo(2);
    }

    /** A connection of its own may carry any request, and so die with any. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST|Content-Length: 0\r\n\r\n",
                "POST|\r\n",
                "PATCH|\r\n",
                "get|\r\n",
                "PUT|Content-Length: 3\r\n\r\nabc"
            })
    void sendsNoneAgainThatMayNotBeOrIsNotAtHand(String request) throws Exception {
        String[] parts = request.split("\\|", -1);
        client.write(request(parts[0], parts[1]));
        die(false);
        expect502();
        assertThat(origin.connections()).isEqualTo(1);
    }

    @Test
    void sendsNoneAgainThatHasBegunToBeAnswered() throws Exception {
        client.write(request("GET", "\r\n"));
        kept.readHead();
        kept.write("HTTP/1.1 2").close();
        expect502();
        assertThat(origin.connections()).isEqualTo(1);
    }

    private void die(boolean reset) throws IOException {
        kept.readHead();
        if (reset) {
            kept.reset();
        } else {
            kept.endOutput();
        }
    }

    private void expect502() throws IOException {
        assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
    }
}
