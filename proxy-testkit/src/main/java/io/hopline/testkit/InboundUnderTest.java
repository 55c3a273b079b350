package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** What {@link BareInboundContract} must be told of a protocol, and how its cases open sessions. */
public abstract class InboundUnderTest extends TunnelContract {

    static final Duration LONG = Duration.ofSeconds(30);

    private static final int DEADLINE_SECONDS = 10;

    /** What the inbound is served over. */
    @Parameter
    Carrier carrier = Carrier.SOCKET;

    private Target target;
    private final BlockingQueue<Channel> coming = new LinkedBlockingQueue<>();
    private @Nullable Channel served;
    private volatile List<ChannelHandler> handlers = List.of();

    /** The inbound under test, which takes every client, and has patience with it. */
    protected abstract Entry entry() throws Exception;

    /** All that a client sends to ask for the target, at once, whatever answers come in between; by default nothing. */
    protected byte[] request(HostPort target) {
        return new byte[0];
    }

    /** Reads all that the inbound answers to a client whose target is there, by default nothing; fails if it is anything else. */
    protected void readGranted(Wire client) throws IOException {
        // The tunnel itself is the answer.
    }

    /** Reads all that a client is told whose dial failed so, the end of its connection with it; fails if it is anything else. */
    protected abstract void expectRefused(Wire client, Reason reason) throws IOException;

    /** Targets to ask for: by default a name and both kinds of address. */
    protected List<HostPort> targets() {
        return List.of(
                new HostPort("name.invalid", 443), new HostPort("192.0.2.1", 1), new HostPort("2001:db8::1", 65535));
    }

    @Override
    protected Ends open() throws Exception {
        Wire client = connect(entry(), towardsTarget().open());
        client.write(request(targets().get(0)));
        Wire accepted = accept();
        readGranted(client);
        return new Ends(client, accepted).settled();
    }

    /** What the suite runs over, once each; a subclass with a method of this name says it anew. */
    public static Stream<Carrier> carriers() {
        return Stream.of(Carrier.SOCKET, Carrier.STREAM);
    }

    /** Where a client that speaks in bytes finds such a listener: by default there, where the protocol's own are bytes. */
    protected HostPort door(HostPort listener) throws Exception {
        return listener;
    }

    @BeforeEach
    void listen() throws IOException {
        target = LOOPS.closing(Target.listen());
    }

    /** The next connection to the target. */
    final Wire accept() throws IOException {
        return LOOPS.closing(target.accept());
    }

    /** Takes everything to the test's target, once its gate is open. */
    final GatedOutbound towardsTarget() throws IOException {
        return GatedOutbound.to(target.address());
    }

    /** Connects a client to the inbound, which has been handed it then. */
    final Wire connect(Entry entry, GatedOutbound outbound) throws Exception {
        return connect(entry, outbound, false);
    }

    /** @param trickles whether the client's bytes reach the inbound one by one */
    final Wire connect(Entry entry, GatedOutbound outbound, boolean trickles) throws Exception {
        Inbound inbound = entry.to(outbound);
        Inbound watched = (client, session) -> {
            prepare(client, trickles);
            inbound.accept(client, session);
        };
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, carrier.beneath(watched), observer));
        Wire client = LOOPS.closing(Wire.connect(door(carrier.door(LOOPS, listener.address()))));
        served = coming.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(served).as("the client that the inbound was handed").isNotNull();
        return client;
    }

    /** The handlers that the last client's channel has now, beyond those that the inbound was handed it with. */
    protected List<ChannelHandler> handlersLeft() throws Exception {
        Channel channel = served;
        if (channel == null) {
            throw new AssertionError("no client has come");
        }
        return Loops.on(
                channel.eventLoop(),
                () -> channel.pipeline().toMap().values().stream()
                        .filter(handler -> !handlers.contains(handler))
                        .toList());
    }

    /** The request and what the client says right behind it, as one packet. */
    final byte[] request(HostPort target, String behind) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(request(target));
        all.write(behind.getBytes(StandardCharsets.ISO_8859_1));
        return all.toByteArray();
    }

    private void prepare(Channel channel, boolean trickles) {
        if (trickles) {
            channel.pipeline().addLast(new Trickle());
        }
        handlers = List.copyOf(channel.pipeline().toMap().values());
        coming.add(channel);
    }
}
