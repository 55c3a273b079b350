package io.hopline.socks;

import io.hopline.api.EndOfOutput;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.GuardEvent;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An inbound, a client that is a test, and an outbound that notes what is dialed and leaves the end of the dial to the test. */
final class InboundProbe implements AutoCloseable {

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final InboundGuard guard = new InboundGuard(GuardSettings.DEFAULT);
    private final List<HostPort> dialed = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final Promise<Channel> dial = client.eventLoop().newPromise();

    InboundProbe(Entry entry) {
        client.freezeTime();
        client.config().setAutoRead(false);
        SessionObserver observer = new SessionObserver() {
            @Override
            public void served(Session session, Served served) {
                outcomes.add(served.outcome());
            }
        };
        entry.to((target, session) -> {
                    dialed.add(target);
                    sessions.add(session);
                    return dial;
                })
                .accept(
                        client,
                        Session.of("test", "test", client.remoteAddress(), client.eventLoop(), observer)
                                .withGuard(guard.guard(client)));
    }

    /** The client sends the bytes, written in hex with spaces anywhere. */
    void send(String hex) {
        client.writeInbound(Unpooled.wrappedBuffer(Hex.bytes(hex)));
    }

    /** As {@link #send}, a byte at a time, until the client is cut off. */
    void sendByteByByte(String hex) {
        for (byte one : Hex.bytes(hex)) {
            if (client.isOpen()) {
                client.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
            }
        }
    }

    /** Two probes of the entry: one was sent all at once, one byte by byte. */
    static List<InboundProbe> sentEachWay(Entry entry, String hex) {
        InboundProbe atOnce = new InboundProbe(entry);
        atOnce.send(hex);
        InboundProbe byteByByte = new InboundProbe(entry);
        byteByByte.sendByteByByte(hex);
        return List.of(atOnce, byteByByte);
    }

    /** All that the client was told, in hex; a dot at the end stands for the end of output, a cross for a close. */
    String told() {
        StringBuilder all = new StringBuilder();
        for (Object message = client.readOutbound(); message != null; message = client.readOutbound()) {
            if (message instanceof ByteBuf bytes) {
                all.append(ByteBufUtil.hexDump(bytes));
                bytes.release();
            } else if (message == EndOfOutput.INSTANCE) {
                all.append('.');
            }
        }
        return client.isOpen() ? all.toString() : all.append('x').toString();
    }

    void pass(Duration time) {
        client.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        client.runScheduledPendingTasks();
    }

    List<HostPort> dialed() {
        return dialed;
    }

    Session session() {
        return sessions.get(0);
    }

    List<String> outcomes() {
        return outcomes;
    }

    /** How often the client was found to be too slow. */
    long foundSlow() {
        return guard.counts().of(GuardEvent.SLOW_CLIENT);
    }

    Promise<Channel> dial() {
        return dial;
    }

    EmbeddedChannel client() {
        return client;
    }

    @Override
    public void close() {
        client.finishAndReleaseAll();
    }
}
