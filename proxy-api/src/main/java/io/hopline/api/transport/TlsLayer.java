package io.hopline.api.transport;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.settings.Settings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** TLS towards a hop's server (RFC 8446): verified unless told otherwise, its sessions resumed from one connection to the next. */
public final class TlsLayer implements Layer {

    private final SslContext context;
    private final Optional<String> serverName;
    private final Duration handshakeTimeout;

    TlsLayer(SslContext context, Optional<String> serverName, Duration handshakeTimeout) {
        this.context = context;
        this.serverName = serverName;
        this.handshakeTimeout = handshakeTimeout;
    }

    /** Verifies against the system's CAs, for the server's own name. */
    public static TlsLayer verified() {
        return new TlsClientConfig().build();
    }

    /**
     * Reads {@code tls { … }} of a hop, as {@code hopline.defaults.outbound.tls} tells; empty where there is none.
     *
     * @param alpn what to offer by ALPN where the settings don't say
     */
    public static Optional<TlsLayer> read(Settings settings, String... alpn) {
        return settings.section("tls", "outbound.tls").map(tls -> TlsClientConfig.read(tls, alpn));
    }

    /** What ALPN agreed on in the topmost TLS of the channel; empty if that is nothing, or there is no TLS. */
    public static Optional<String> agreed(Channel channel) {
        TlsEnd topmost = null;
        for (Map.Entry<String, ChannelHandler> handler : channel.pipeline()) {
            topmost = handler.getValue() instanceof TlsEnd tls ? tls : topmost;
        }
        return topmost == null ? Optional.empty() : Optional.ofNullable(topmost.applicationProtocol());
    }

    @Override
    public Future<Channel> apply(Channel channel, HostPort server, Session session, HopRef at) {
        long start = System.nanoTime();
        String name = serverName.orElse(server.host());
        TlsEnd tls = new TlsEnd(
                TlsContexts.engine(context, channel.alloc(), name, server.port()),
                cause -> TlsFailure.afterHandshake(cause, at));
        tls.setHandshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        Promise<Channel> ready = session.loop().newPromise();
        tls.handshakeFuture().addListener((Future<Channel> done) -> {
            if (done.isSuccess()) {
                session.passed(at, Step.TLS, TlsSessions.describe(tls), start);
                ready.trySuccess(channel);
            } else {
                ready.tryFailure(TlsFailure.of(done.cause(), at));
            }
        });
        channel.pipeline().addLast(tls, Leftovers.gate());
        return ready;
    }

    @Override
    public String describe() {
        return "tls+";
    }
}
