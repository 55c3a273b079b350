package io.hopline.http2;

import io.hopline.api.HttpInbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.hopline.api.stream.SessionInbound;
import io.hopline.api.stream.StreamChannel;
import io.hopline.http2.message.ServerExchange;
import io.hopline.http2.session.Http2Session;
import io.hopline.http2.session.SessionOwner;
import io.hopline.http2.session.SessionSettings;
import io.hopline.http2.session.SessionStream;
import io.netty.channel.Channel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves HTTP/2 sessions: each stream is an exchange for the next inbound, with the session of its connection. */
record Http2Inbound(SessionSettings settings, HttpInbound next) implements SessionInbound {

    private static final Logger log = LoggerFactory.getLogger(Http2Inbound.class);

    @Override
    public void accept(Channel client, Session session) {
        Http2Session.serve(client, settings, new Streams(next, session));
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
        public void opened(SessionStream stream, StreamChannel channel) {
            any = true;
            ServerExchange exchange = new ServerExchange(stream);
            channel.pipeline().addLast(exchange);
            try {
                next.acceptHttp(channel, session, exchange);
            } catch (RuntimeException | LinkageError e) {
                Unforeseen.drop(channel, session, Optional.empty(), e);
            }
        }

        @Override
        public void slow(String why) {
            session.guard().slowClient();
            if (!any) {
                session.observer().served(session, Served.nothing(Optional.empty(), startNanos, why));
            }
        }

        @Override
        public void headTooLarge() {
            session.guard().headTooLarge();
        }

        @Override
        public void ended(String why) {
            log.debug("session {}: HTTP/2 session ended: {}", session.id(), why);
        }
    }
}
