package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.settings.Settings;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Wire;
import org.junit.jupiter.api.Test;

/** A client that says nothing more, or nothing at all. */
final class SilentClientTest {

    @Test
    void isLetGoBehindItsRequestHoweverLongAHeadMayTake() throws Exception {
        try (LiveInbound inbound = serve("keep-alive-timeout = 100ms, head-timeout = 1h");
                Wire client = inbound.connect().write("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            client.expectEnd();
        }
    }

    @Test
    void isLetGoBeforeItsFirstRequestHoweverLongItMayBeSilentLater() throws Exception {
        try (LiveInbound inbound = serve("keep-alive-timeout = 1h, head-timeout = 100ms");
                Wire client = inbound.connect()) {
            client.expectEnd();
        }
    }

    private static LiveInbound serve(String hocon) throws InterruptedException {
        return new LiveInbound(
                Settings.read("inbound.http", hocon, HttpEntry::read).to(new LoopbackOutbound()));
    }
}
