package io.hopline.spdy;

import io.hopline.api.HttpInbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.hopline.api.stream.SessionInbound;
import io.hopline.api.stream.StreamChannel;
import io.hopline.spdy.http.ServerExchange;
import io.hopline.spdy.session.SessionOwner;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.SpdySession;
import io.hopline.spdy.session.Version;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves SPDY sessions: each stream is an exchange for the next inbound, with the session of its connection. */
record SpdyInbound(Version version, SessionSettings settings, HttpInbound next) implements SessionInbound {

    private static final Logger log = LoggerFactory.getLogger(SpdyInbound.class);

    @Override
    public void accept(Channel client, Session session) {
        SpdySession.serve(client, version, settings, new Streams(next, session));
    }

    private static final class Streams implements SessionOwner {

        private final HttpInbound next;
        private final Session session;
        private final long startNanos = System.nanoTime();
        private boolean any;

        Streams(HttpInbound next, Session session) {
            this.next = next;
            this.session = session;
        }

        @Override
        public void opened(StreamChannel stream) {
            any = true;
            ServerExchange exchange = new ServerExchange(session);
            stream.pipeline().addLast(exchange);
            ChannelHandlerContext ctx = stream.pipeline().context(exchange);
            try {
                next.acceptHttp(stream, session, () -> exchange.leave(ctx));
            } catch (RuntimeException | LinkageError e) {
                Unforeseen.drop(stream, session, Optional.empty(), e);
            }
        }

        @Override
        public void slow() {
            session.guard().slowClient();
        }

        @Override
        public void headTooLarge() {
            session.guard().headTooLarge();
        }

        @Override
        public void changed() {
            // The client minds the room that it has.
        }

        @Override
        public void ended(String why) {
            if (!any) {
                session.observer().served(session, Served.nothing(Optional.empty(), startNanos, "SPDY: " + why));
            } else {
                log.debug("session {}: SPDY session ended: {}", session.id(), why);
            }
        }
    }
}
