package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HopRef;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.ProxyProtocolLayer;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connections to origins serve another client's connection when the one that they were opened for is gone. */
final class PoolTest {

    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private Target origin;

    @BeforeEach
    void start() throws IOException {
        origin = Target.listen();
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
    }

    private static LiveInbound serve(String hocon) throws InterruptedException {
        return serve(hocon, new LoopbackOutbound());
    }

    private static LiveInbound serve(String hocon, Outbound outbound) throws InterruptedException {
        return new LiveInbound(
                Settings.read("inbound.http", hocon, HttpEntry::read).to(outbound));
    }

    private String request(String method, String fields) {
        return method + " http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
    }

    /** One request on a connection of its own, which ends before this returns. */
    private void exchange(LiveInbound inbound, Wire server, String request) throws Exception {
        try (Wire client = inbound.connect().write(request)) {
            leave(client, server);
        }
    }

    private Wire firstExchange(LiveInbound inbound, String request) throws Exception {
        try (Wire client = inbound.connect().write(request)) {
            Wire server = origin.accept();
            leave(client, server);
            return server;
        }
    }

    @Test
    void servesTheNextConnectionOfTheSameClient() throws Exception {
        try (LiveInbound inbound = serve("");
                Wire server = firstExchange(inbound, request("GET", ""))) {
            for (int i = 0; i < 5; i++) {
                exchange(inbound, server, request("GET", ""));
            }
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    @Test
    void servesAnyOriginWhereAParentProxyIsAsked() throws Exception {
        HttpHop hop = HttpHop.to(origin.address());
        try (LiveInbound inbound = serve("", hop.over(new LoopbackOutbound(), HopRef.of(1, hop)));
                Wire server = firstExchange(inbound, "GET http://a.example/ HTTP/1.1\r\nHost: h\r\n\r\n")) {
            exchange(inbound, server, "GET http://b.example/ HTTP/1.1\r\nHost: h\r\n\r\n");
        }
    }

    @Test
    void isNotSharedByUsers() throws Exception {
        String alice = "Proxy-Authorization: Basic YWxpY2U6YQ==\r\n";
        String bob = "Proxy-Authorization: Basic Ym9iOmI=\r\n";
        try (LiveInbound inbound = serve("users { alice = a, bob = b }");
                Wire ofAlice = firstExchange(inbound, request("GET", alice));
                Wire ofBob = firstExchange(inbound, request("GET", bob))) {
            exchange(inbound, ofAlice, request("GET", alice));
            exchange(inbound, ofBob, request("GET", bob));
        }
    }

    @Test
    void carriesNoRequestOfOthersThatMustNotBeSentTwice() throws Exception {
        try (LiveInbound inbound = serve("");
                Wire first = firstExchange(inbound, request("GET", ""));
                Wire second = firstExchange(inbound, request("POST", "Content-Length: 0\r\n"))) {
            assertThat(origin.connections()).isEqualTo(2);
            exchange(inbound, second, request("GET", ""));
            first.endOutput();
            assertThat(first.readAll()).isEmpty();
        }
    }

    /** NTLM and Negotiate prove who is there for a whole connection. */
    @Test
    void isNotSharedOnceACredentialStandsForTheConnection() throws Exception {
        try (LiveInbound inbound = serve("");
                Wire first = firstExchange(inbound, request("GET", "Authorization: Negotiate abc\r\n"))) {
            assertThat(first.readAll()).isEmpty();
        }
    }

    @Test
    void isNotSharedOnceTheServerWasToldWhoseItIs() throws Exception {
        HttpHop hop = HttpHop.to(origin.address()).withLayers(new ProxyProtocolLayer(ProxyProtocolLayer.Version.V1));
        try (LiveInbound inbound = serve("", hop.over(new LoopbackOutbound(), HopRef.of(1, hop)));
                Wire first = firstExchange(inbound, request("GET", ""))) {
            assertThat(first.readAll()).isEmpty();
        }
    }

    @Test
    void goesWhenItsServerEndsIt() throws Exception {
        try (LiveInbound inbound = serve("")) {
            Wire first = firstExchange(inbound, request("GET", ""));
            first.endOutput();
            assertThat(first.readAll()).isEmpty();
            firstExchange(inbound, request("GET", "")).close();
        }
    }

    @Test
    void goesWhenItsServerSaysAnythingUnasked() throws Exception {
        try (LiveInbound inbound = serve("")) {
            Wire first = firstExchange(inbound, request("GET", ""));
            first.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
            assertThat(first.readAll()).isEmpty();
            try (Wire client = inbound.connect().write(request("GET", ""));
                    Wire second = origin.accept()) {
                second.readHead();
                second.write(EMPTY);
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
            }
        }
    }

    @Test
    void goesWhenItWasIdleForTooLong() throws Exception {
        try (LiveInbound inbound = serve("pool.idle-timeout = 100ms");
                Wire server = firstExchange(inbound, request("GET", ""))) {
            assertThat(server.readAll()).isEmpty();
        }
    }

    @Test
    void goesWhenThereAreTooMany() throws Exception {
        try (LiveInbound inbound = serve("pool.max-idle-per-origin = 1");
                Wire a = inbound.connect().write(request("GET", ""));
                Wire ofA = origin.accept();
                Wire b = inbound.connect().write(request("GET", ""));
                Wire ofB = origin.accept()) {
            leave(a, ofA);
            leave(b, ofB);
            assertThat(ofA.readAll()).as("the older one").isEmpty();
            exchange(inbound, ofB, request("GET", ""));
        }
        try (LiveInbound inbound = serve("pool.max-idle = 0");
                Wire server = firstExchange(inbound, request("GET", ""))) {
            assertThat(server.readAll()).isEmpty();
        }
    }

    private static void leave(Wire client, Wire server) throws IOException {
        server.readHead();
        server.write(EMPTY);
        assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n");
        client.endOutput();
        assertThat(client.readAll()).isEmpty();
    }
}
