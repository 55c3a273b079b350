package io.hopline.http2;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.stream.ClientSession;
import io.hopline.api.stream.SessionPools;
import io.hopline.api.stream.StreamMessage;
import io.hopline.api.transport.Server;
import io.hopline.http2.session.Head;
import io.hopline.http2.session.Http2Session;
import io.hopline.http2.session.SessionOwner;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.stream.StreamInboundContract;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.List;

/** The inbound, whose tunnels are streams of HTTP/2. */
final class Http2InboundTest extends StreamInboundContract {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SessionSettings SETTINGS =
            new SessionSettings(64 * 1024, 1 << 20, 8 << 20, 100, 1_000, 32 * 1024, LONG, LONG, LONG, LONG, LONG);

    @Override
    protected Inbound inbound(HttpInbound next) {
        return new Http2Inbound(SETTINGS, next);
    }

    @Override
    protected SessionPools sessions(HostPort listener) {
        return new SessionPools(
                new Server(listener, List.of()),
                "h2",
                Dialer.sockets(),
                HopRef.TARGET,
                (connection, opened, changed) -> Http2Session.open(connection, SETTINGS, new Greeted(opened)));
    }

    @Override
    protected StreamMessage connect(HostPort target) {
        return new Head(new DefaultHttp2Headers().method("CONNECT").authority(target.toString()), false);
    }

    @Override
    protected String status(Object reply) {
        return ((Head) reply).headers().status().toString();
    }

    private record Greeted(Promise<ClientSession> opened) implements SessionOwner {

        @Override
        public void changed(Http2Session session) {
            if (session.hasPeerSettings()) {
                opened.trySuccess(session);
            }
        }
    }
}
