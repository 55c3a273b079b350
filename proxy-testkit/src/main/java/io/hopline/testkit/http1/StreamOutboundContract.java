package io.hopline.testkit.http1;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;

/**
 * What every outbound does whose tunnels are streams of a session: the session ends within the test's process, and the stream goes on to the
 * test's server as a connection of its own, where CONNECT is spoken in HTTP/1.1.
 */
public abstract class StreamOutboundContract extends ConnectOutboundContract {

    private final Queue<Channel> sessions = new ConcurrentLinkedQueue<>();

    /** The hop under test. */
    protected abstract Hop streamHop(HostPort server, Duration timeout, Optional<Credentials> credentials);

    /** Serves the hop's session on the channel, on its loop: each stream is an exchange for the given inbound. */
    protected abstract void serve(Channel channel, Session session, HttpInbound next);

    @Override
    protected final Hop hop(HostPort server, Duration timeout) {
        return new StreamingHop(streamHop(server, timeout, Optional.empty()), this::begin);
    }

    @Override
    protected final Optional<Hop> hop(HostPort server, Duration timeout, Credentials credentials) {
        return Optional.of(new StreamingHop(streamHop(server, timeout, Optional.of(credentials)), this::begin));
    }

    @AfterEach
    void endSessions() {
        sessions.forEach(session -> session.close().syncUninterruptibly());
    }

    private void begin(Channel channel, Session session, HttpInbound next) {
        sessions.add(channel);
        serve(channel, session, next);
    }

    /** A stream has nothing of its own in its pipeline. */
    @Override
    protected List<ChannelHandler> bare(List<ChannelHandler> beneath) {
        return List.of();
    }
}
