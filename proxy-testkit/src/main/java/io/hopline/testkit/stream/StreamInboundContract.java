package io.hopline.testkit.stream;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.HttpFraming;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.Guard;
import io.hopline.api.relay.Relay;
import io.hopline.api.stream.SessionPools;
import io.hopline.api.stream.StreamMessage;
import io.hopline.api.transport.Leftovers;
import io.hopline.testkit.BareInboundContract;
import io.hopline.testkit.Loops;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import io.hopline.testkit.exchange.ConnectOnly;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every inbound does that opens tunnels on the streams of a session: each client of a test has a session to itself, with one stream,
 * on which is framed what the client says in bytes: its target and a line feed, then what goes through the tunnel.
 */
public abstract class StreamInboundContract extends BareInboundContract {

    private volatile @Nullable Channel stream;

    /** The inbound under test. */
    protected abstract Inbound inbound(HttpInbound next);

    /** Sessions to that inbound. */
    protected abstract SessionPools sessions(HostPort listener);

    /** What opens a stream that asks for a tunnel to the target. */
    protected abstract StreamMessage connect(HostPort target);

    /** The three digits of the status in what answers that. */
    protected abstract String status(Object reply);

    @Override
    protected final Entry entry() {
        return outbound -> LOOPS.draining(inbound(watched(new ConnectOnly(outbound))));
    }

    private HttpInbound watched(HttpInbound next) {
        return new HttpInbound() {
            @Override
            public void accept(Channel client, Session session) {
                next.accept(client, session);
            }

            @Override
            public void acceptHttp(Channel exchange, Session session, HttpFraming framing) {
                stream = exchange;
                next.acceptHttp(exchange, session, framing);
            }
        };
    }

    @Override
    protected final HostPort door(HostPort listener) throws Exception {
        Inbound framing = (client, session) -> {
            client.pipeline().addLast(Leftovers.gate());
            sessions(listener).stream(session).addListener((Future<Channel> opened) -> {
                if (opened.isSuccess()) {
                    opened.getNow().pipeline().addLast(new Framing(this::connect, this::status));
                    Relay.join(client, opened.getNow(), Guard.NONE, ended -> {});
                } else {
                    client.close();
                }
            });
        };
        return LOOPS.closing(TestListener.bind(LOOPS, framing, SessionObserver.NONE))
                .address();
    }

    @Override
    protected final byte[] request(HostPort target) {
        return (target + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected final void readGranted(Wire client) throws IOException {
        client.expect("200\n");
    }

    @Override
    protected final void expectRefused(Wire client, Reason reason) throws IOException {
        client.expect("502\n");
        client.expectEnd();
    }

    /** Those of the stream. */
    @Override
    protected final List<ChannelHandler> handlersLeft() throws Exception {
        Channel channel = stream;
        if (channel == null) {
            throw new AssertionError("no stream has come");
        }
        return Loops.on(
                channel.eventLoop(),
                () -> List.copyOf(channel.pipeline().toMap().values()));
    }
}
