package io.hopline.connect;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.HttpFraming;
import io.hopline.api.Outbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.relay.Tunnels;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/** What becomes of a CONNECT request, on whatever kind of channel it came (RFC 9110 section 9.3.6). */
public final class Connects {

    private static final HttpResponseStatus ESTABLISHED = new HttpResponseStatus(200, "Connection established");

    private Connects() {}

    /**
     * Opens the tunnel that the request asks for, or refuses it; the calling handler leaves the pipeline when the tunnel is open.
     *
     * @param authority the request's target
     * @param framing as in {@link io.hopline.api.HttpInbound#acceptHttp}
     */
    public static void open(
            ChannelHandlerContext ctx, String authority, Session session, Outbound outbound, HttpFraming framing) {
        HostPort target;
        try {
            target = target(authority);
        } catch (IllegalArgumentException e) {
            refuse(
                    ctx,
                    session,
                    new Refusal(
                            HttpResponseStatus.BAD_REQUEST,
                            "CONNECT takes host:port, and nothing else: " + e.getMessage() + "."),
                    true);
            return;
        }
        Tunnels.open(ctx.channel(), target, session, outbound, new Tunnels.Reply() {
            @Override
            public void opened(Channel client, Channel target) {
                ctx.writeAndFlush(new DefaultHttpResponse(HttpVersion.HTTP_1_1, ESTABLISHED));
                client.pipeline().remove(ctx.handler());
                framing.leave();
            }

            @Override
            public void refused(Channel client, DialException failure) {
                ctx.writeAndFlush(Refusal.of(failure).response(true));
            }
        });
    }

    /**
     * Refuses a request before anything was dialed for it, and tells the observer.
     *
     * @param close whether the connection has to end, as behind every CONNECT
     */
    public static void refuse(ChannelHandlerContext ctx, Session session, Refusal refusal, boolean close) {
        session.observer().served(session, Served.nothing(Optional.empty(), System.nanoTime(), refusal.outcome()));
        ctx.writeAndFlush(refusal.response(close));
    }

    private static HostPort target(String authority) {
        HostPort target = HostPort.parse(authority).reachable();
        if (target.host().indexOf('%') >= 0) {
            // RFC 3986 section 3.2.2
            throw new IllegalArgumentException("an address has no zone here");
        }
        return target;
    }
}
