package io.hopline.api.transport;

import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads the PROXY protocol's header (haproxy's proxy-protocol.txt, versions 1 and 2) in front of what a client says. */
record ProxyProtocolInbound(InboundProxyProtocol rules, Inbound next) implements Inbound {

    /** Far more than any load balancer adds to the addresses; a header may claim 64 KiB. */
    private static final int MOST_TLV_BYTES = 8192;

    @Override
    public void accept(Channel client, Session session) {
        if (!rules.expectedFrom(session.client())) {
            next.accept(client, session);
            return;
        }
        client.pipeline().addLast(new HAProxyMessageDecoder(MOST_TLV_BYTES));
        client.pipeline().addLast(new FirstMessage(session, rules.timeout(), "PROXY protocol header") {
            @Override
            void came(ChannelHandlerContext ctx, Object message) {
                HAProxyMessage header = (HAProxyMessage) message;
                Optional<InetSocketAddress> told;
                try {
                    told = source(header);
                } finally {
                    header.release();
                }
                // The decoder leaves, with the bytes behind the header, once this method has returned.
                ctx.pipeline().addAfter(ctx.name(), null, Leftovers.gate());
                ctx.pipeline().remove(this);
                next.accept(client, told.<Session>map(session::withClient).orElse(session));
            }
        });
    }

    /** The client's address; empty where the header tells of none, as a load balancer's own health checks do. */
    private static Optional<InetSocketAddress> source(HAProxyMessage header) {
        AddressFamily family = header.proxiedProtocol().addressFamily();
        if (family != AddressFamily.AF_IPv4 && family != AddressFamily.AF_IPv6) {
            return Optional.empty();
        }
        try {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(header.sourceAddress());
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), header.sourcePort()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the decoder lets no such address pass", e);
        }
    }
}
