package io.hopline.api.transport;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.settings.Settings;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Locale;
import java.util.Optional;

/** Tells a hop's server the client's address by the PROXY protocol (haproxy's proxy-protocol.txt) before anything else. */
public record ProxyProtocolLayer(Version version) implements Layer {

    /** The header's form: one line of text, or binary. */
    public enum Version {
        V1,
        V2
    }

    /** Reads {@code proxy-protocol = v1} or {@code v2} of a hop; empty where there is none. */
    public static Optional<ProxyProtocolLayer> read(Settings settings) {
        return settings.has("proxy-protocol")
                ? Optional.of(new ProxyProtocolLayer(settings.choice("proxy-protocol", Version.class)))
                : Optional.empty();
    }

    @Override
    public Future<Channel> apply(Channel channel, HostPort server, Session session, HopRef at) {
        HAProxyMessage header = ProxyProtocolHeader.of(version, session.client(), server, channel);
        Dials.toldClient(channel);
        Promise<Channel> sent = session.loop().newPromise();
        channel.pipeline().addLast(HAProxyMessageEncoder.INSTANCE);
        channel.writeAndFlush(header);
        channel.pipeline().remove(HAProxyMessageEncoder.INSTANCE);
        return sent.setSuccess(channel);
    }

    @Override
    public boolean tellsClient() {
        return true;
    }

    @Override
    public String describe() {
        return "proxy-protocol-" + version.name().toLowerCase(Locale.ROOT) + "+";
    }
}
