package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Inbound;
import io.hopline.api.guard.GuardEvent;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.Guarded;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.guard.Limits;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How connections to origins that wait for another request count to a user who may have one at once. */
final class UsersPoolTest {

    private final InboundGuard guard =
            new InboundGuard(GuardSettings.DEFAULT.withLimits(Limits.DEFAULT.withPerUser(1)));
    private Target one;
    private Target other;
    private LiveInbound inbound;

    @BeforeEach
    void start() throws Exception {
        one = Target.listen();
        other = Target.listen();
        Inbound http = Settings.read("inbound.http", "users { alice = a }", HttpEntry::read)
                .to(Guarded.over(new LoopbackOutbound(), false, List.of()));
        inbound = new LiveInbound((client, session) -> http.accept(client, session.withGuard(guard.guard(client))));
    }

    @AfterEach
    void stop() throws IOException {
        inbound.close();
        one.close();
        other.close();
    }

    @Test
    void countToNobodyWhileTheyWait() throws Exception {
        try (Wire client = inbound.connect();
                Wire ofOne = answered(client, one);
                Wire ofOther = answered(client, other)) {
            client.write(request(one));
            answer(ofOne, client);
            client.write(request(other));
            answer(ofOther, client);
        }
        assertThat(guard.counts().of(GuardEvent.USER_REFUSED)).isZero();
    }

    @Test
    void countOnceTheyServeAgain() throws Exception {
        try (Wire client = inbound.connect();
                Wire ofOne = answered(client, one);
                Wire ofOther = answered(client, other)) {
            client.write(request(one));
            ofOne.readHead();

            expectRefusal(one);
            expectRefusal(other);

            ofOne.write(EMPTY);
            expectOk(client);
            client.write(request(other));
            answer(ofOther, client);
        }
        assertThat(guard.counts().of(GuardEvent.USER_REFUSED)).isEqualTo(2);
    }

    @Test
    void makeNoRoomByTheirEndForMoreThanOneMayHave() throws Exception {
        try (Wire client = inbound.connect()) {
            Wire ended = answered(client, one);
            try (Wire ofOther = answered(client, other)) {
                ended.endOutput();
                assertThat(ended.readAll()).isEmpty();
                client.write(request(other));
                ofOther.readHead();

                expectRefusal(one);
            }
        }
    }

    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static String request(Target origin) {
        return "GET http://" + origin.address()
                + "/ HTTP/1.1\r\nHost: h\r\nProxy-Authorization: Basic YWxpY2U6YQ==\r\n\r\n";
    }

    /** The client's first request to the origin, on a new connection. */
    private static Wire answered(Wire client, Target origin) throws IOException {
        client.write(request(origin));
        Wire server = origin.accept();
        answer(server, client);
        return server;
    }

    private static void answer(Wire server, Wire client) throws IOException {
        server.readHead();
        server.write(EMPTY);
        expectOk(client);
    }

    private static void expectOk(Wire client) throws IOException {
        assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
    }

    private void expectRefusal(Target origin) throws IOException {
        try (Wire client = inbound.connect().write(request(origin))) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 403 ");
        }
    }
}
