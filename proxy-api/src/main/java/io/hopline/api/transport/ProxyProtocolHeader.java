package io.hopline.api.transport;

import io.hopline.api.HostPort;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the PROXY protocol says of a client and the server that it is on its way to. */
final class ProxyProtocolHeader {

    private ProxyProtocolHeader() {}

    /**
     * The client's address and the server's. Where both are not of one family, IPv4 is written as IPv6 (RFC 4291 section 2.5.5.2), as
     * haproxy does. Where nobody here knows the server's address, since a hop resolves its name, that is all zeros.
     */
    static HAProxyMessage of(
            ProxyProtocolLayer.Version version, SocketAddress client, HostPort server, Channel channel) {
        HAProxyProtocolVersion v =
                version == ProxyProtocolLayer.Version.V1 ? HAProxyProtocolVersion.V1 : HAProxyProtocolVersion.V2;
        if (!(client instanceof InetSocketAddress source) || source.isUnresolved()) {
            HAProxyCommand command = v == HAProxyProtocolVersion.V1 ? HAProxyCommand.PROXY : HAProxyCommand.LOCAL;
            return new HAProxyMessage(v, command, HAProxyProxiedProtocol.UNKNOWN, null, null, 0, 0);
        }
        Optional<InetAddress> destination = destination(server, channel);
        boolean v4 = source.getAddress() instanceof Inet4Address
                && destination.map(d -> d instanceof Inet4Address).orElse(true);
        return new HAProxyMessage(
                v,
                HAProxyCommand.PROXY,
                v4 ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6,
                text(source.getAddress(), v4),
                destination.map(d -> text(d, v4)).orElse(v4 ? "0.0.0.0" : "::"),
                source.getPort(),
                server.port());
    }

    private static Optional<InetAddress> destination(HostPort server, Channel channel) {
        @Nullable InetAddress literal = server.isLiteral() ? literal(server.host()) : null;
        if (literal != null) {
            return Optional.of(literal);
        }
        // Only where the channel itself goes to the server is its far end the server's address.
        return channel.remoteAddress() instanceof InetSocketAddress far
                        && !far.isUnresolved()
                        && far.getHostString().equalsIgnoreCase(server.host())
                ? Optional.of(far.getAddress())
                : Optional.empty();
    }

    private static @Nullable InetAddress literal(String host) {
        return NetUtil.createInetAddressFromIpAddressString(host);
    }

    private static String text(InetAddress address, boolean v4) {
        return v4 || !(address instanceof Inet4Address)
                ? NetUtil.toAddressString(address)
                : "::ffff:" + NetUtil.toAddressString(address);
    }
}
