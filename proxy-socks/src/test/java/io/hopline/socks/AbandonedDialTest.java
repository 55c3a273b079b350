package io.hopline.socks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Chain;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.Session;
import io.hopline.api.transport.Transport;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Hex;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that breaks off before what it asked for is there, on each transport. */
class AbandonedDialTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final HostPort SERVER = new HostPort("192.0.2.1", 1080);
    private static final String ASSOCIATE = "05 01 00 05 03 00 01 00000000 0000";

    private final BlockingQueue<Promise<Channel>> begun = new LinkedBlockingQueue<>();
    private final PacketOutbound never = over((target, session) -> never(session));

    @ParameterizedTest
    @CsvSource({
        "EPOLL, 05 01 00 05 01 00 01 7f000001 0050",
        "NIO, 05 01 00 05 01 00 01 7f000001 0050",
        "EPOLL, 04 01 0050 7f000001 00",
        "NIO, 04 01 0050 7f000001 00"
    })
    void stopsTheDialWhenTheClientBreaksOff(Transport transport, String asked) throws Exception {
        try (LiveInbound inbound = inbound(never, transport, asked);
                Wire client = inbound.connect()) {
            client.write(Hex.bytes(asked));
            expectStopped(client);
            assertThat(inbound.served().served().outcome()).isEqualTo("client left during the dial");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EPOLL, 05 01 00 05 02 00 01 7f000001 0050",
        "NIO, 05 01 00 05 02 00 01 7f000001 0050",
        "EPOLL, 04 02 0050 7f000001 00",
        "NIO, 04 02 0050 7f000001 00",
        "EPOLL, " + ASSOCIATE,
        "NIO, " + ASSOCIATE
    })
    void stopsTheDialOfTheServerThatIsToWaitOrToRelay(Transport transport, String asked) throws Exception {
        try (LiveInbound inbound = inbound(asksServer(SERVER, never), transport, asked);
                Wire client = inbound.connect()) {
            client.write(Hex.bytes(asked));
            expectStopped(client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsWhatIsToCarryDatagramsToTheRelay(Transport transport) throws Exception {
        try (Target server = Target.listen();
                LiveInbound inbound =
                        inbound(asksServer(server.address(), over(Dialer.sockets())), transport, ASSOCIATE);
                Wire client = inbound.connect()) {
            client.write(Hex.bytes(ASSOCIATE));
            try (Wire accepted = server.accept()) {
                accepted.write(Hex.bytes("05 00")).write(Hex.bytes("05 00 00 01 7f000001 1234"));
                expectStopped(client);
            }
        }
    }

    private static LiveInbound inbound(Outbound outbound, Transport transport, String asked) throws Exception {
        Entry entry = asked.startsWith("05")
                ? Socks5Entry.create().withBind(MINUTE).withUdp(MINUTE)
                : Socks4Entry.create().withBind(MINUTE);
        return new LiveInbound(entry.to(outbound), transport);
    }

    private static Outbound asksServer(HostPort server, Outbound via) {
        return Chain.of(Socks5Hop.to(server)).over(via);
    }

    /** Dials by the given outbound; no association of its own is ever open. */
    private PacketOutbound over(Outbound dials) {
        return new PacketOutbound() {
            @Override
            public Future<Channel> dial(HostPort target, Session session) {
                return dials.dial(target, session);
            }

            @Override
            public Future<Channel> associate(Session session) {
                return never(session);
            }
        };
    }

    private Future<Channel> never(Session session) {
        Promise<Channel> promise = session.loop().newPromise();
        begun.add(promise);
        return promise;
    }

    /** What was begun for the client is, when the client has gone. */
    private void expectStopped(Wire client) throws Exception {
        Promise<Channel> first = begun.poll(10, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        client.reset();
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first.isCancelled()).isTrue();
    }
}
