package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HopRef;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Hearing;
import io.hopline.testkit.Loops;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Sessions with as many streams behind them as there are ids (RFC 9113 section 5.1.1). */
class UsedUpIdsTest extends HopTestBase {

    private static final int LAST = Integer.MAX_VALUE;

    private final BlockingQueue<Future<Channel>> connections = new LinkedBlockingQueue<>();

    @Test
    void opensAnotherSessionBehindTheLastId() throws Exception {
        Outbound via = (at, with) -> {
            Future<Channel> dialed = Dialer.sockets().dial(at, with);
            connections.add(dialed);
            return dialed;
        };
        outbound = (HttpOutbound) hop.over(via, HopRef.of(1, hop));
        Future<Channel> first = dial();
        Peer usedUp = accept();
        grant(usedUp);
        Channel tunnel = Hearing.unread(first);
        passOverIds(Loops.get(connections.take()));

        Future<Channel> last = dial();
        assertThat(grant(usedUp)).isEqualTo(LAST);
        Hearing.unread(last);

        Future<Channel> next = dial();
        grant(accept());
        Hearing.unread(next);
        assertThat(tunnel.isActive()).as("what was under way goes on").isTrue();
    }

    /** As if all streams but the last had been there. */
    private static void passOverIds(Channel connection) throws Exception {
        Loops.on(connection.eventLoop(), () -> {
            Http2ConnectionHandler handler = connection.pipeline().get(Http2ConnectionHandler.class);
            Http2Stream passed = handler.connection().local().createStream(LAST - 2, false);
            return passed.close();
        });
    }
}
