package io.hopline.spdy;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.stream.SessionPools;
import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.StreamMessage;
import io.hopline.api.transport.Server;
import io.hopline.spdy.session.SessionOwner;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.SpdySession;
import io.hopline.spdy.session.StreamHead;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.stream.StreamInboundContract;
import io.netty.handler.codec.spdy.DefaultSpdyHeaders;
import io.netty.handler.codec.spdy.SpdyHeaders;
import java.time.Duration;
import java.util.List;

/** The inbound, whose tunnels are streams of SPDY. */
final class SpdyInboundTest extends StreamInboundContract {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SessionSettings SETTINGS =
            new SessionSettings(100, 1 << 20, 8 << 20, 32 * 1024, LONG, LONG, LONG, LONG);

    @Override
    protected Inbound inbound(HttpInbound next) {
        return new SpdyInbound(Version.V3_1, SETTINGS, next);
    }

    @Override
    protected SessionPools sessions(HostPort listener) {
        return new SessionPools(
                new Server(listener, List.of()),
                Version.V3_1.alpn(),
                Dialer.sockets(),
                HopRef.TARGET,
                (connection, opened, changed) ->
                        opened.trySuccess(SpdySession.connect(connection, Version.V3_1, SETTINGS, new Alone())));
    }

    @Override
    protected StreamMessage connect(HostPort target) {
        SpdyHeaders headers = new DefaultSpdyHeaders(false);
        headers.set(":method", "CONNECT");
        headers.set(":path", target.toString());
        headers.set(":host", target.host());
        headers.set(":version", "HTTP/1.1");
        return new StreamHead(headers, false);
    }

    @Override
    protected String status(Object reply) {
        return ((StreamHead) reply).headers().getAsString(":status").substring(0, 3);
    }

    private static final class Alone implements SessionOwner {

        @Override
        public void opened(StreamChannel stream) {
            throw new IllegalStateException("servers open no streams here");
        }

        @Override
        public void changed() {
            // The only stream has room.
        }

        @Override
        public void ended(String why) {
            // Its stream tells so.
        }
    }
}
