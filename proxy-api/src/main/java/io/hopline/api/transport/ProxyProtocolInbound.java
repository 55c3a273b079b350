package io.hopline.api.transport;

import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/** Reads the PROXY protocol's header (haproxy's proxy-protocol.txt, versions 1 and 2) in front of what a client says. */
record ProxyProtocolInbound(InboundProxyProtocol rules, Inbound next) implements Inbound {

    @Override
    public void accept(Channel client, Session session) {
        if (!rules.expectedFrom(session.client())) {
            next.accept(client, session);
            return;
        }
        client.pipeline().addLast(new ProxyProtocolDecoder());
        client.pipeline().addLast(new FirstMessage(session, rules.timeout(), "PROXY protocol header") {
            @Override
            void came(ChannelHandlerContext ctx, Object message) {
                ProxyProtocolDecoder.Told told = (ProxyProtocolDecoder.Told) message;
                // The decoder leaves, with the bytes behind the header, once this method has returned.
                ctx.pipeline().addAfter(ctx.name(), null, Leftovers.gate());
                ctx.pipeline().remove(this);
                Unforeseen.accept(
                        next,
                        client,
                        told.client().<Session>map(session::withClient).orElse(session));
            }
        });
    }
}
