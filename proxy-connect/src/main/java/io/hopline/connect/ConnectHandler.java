package io.hopline.connect;

import io.hopline.api.HttpFraming;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.connect.BasicAuthentication.Admission;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/** Serves one exchange that must be a CONNECT. */
final class ConnectHandler extends ChannelInboundHandlerAdapter {

    private static final Refusal CONNECT_ONLY = new Refusal(
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    "This proxy only opens tunnels, by CONNECT. An inbound of type http forwards other requests, too.")
            .with(HttpHeaderNames.ALLOW, HttpMethod.CONNECT.asciiName());

    private final Session session;
    private final Outbound outbound;
    private final ConnectEntry settings;
    private final HttpFraming framing;

    ConnectHandler(Session session, Outbound outbound, ConnectEntry settings, HttpFraming framing) {
        this.session = session;
        this.outbound = outbound;
        this.settings = settings;
        this.framing = framing;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpRequest request) {
            serve(ctx, request);
        }
        // The parts of a refused request's body go the same way.
        ReferenceCountUtil.release(msg);
    }

    private void serve(ChannelHandlerContext ctx, HttpRequest request) {
        Refusal objection = settings.limits().objection(request.headers(), session.guard());
        if (objection != null) {
            Connects.refuse(ctx, session, objection, true);
            return;
        }
        String authority = request.uri();
        boolean connect = HttpMethod.CONNECT.equals(request.method());
        settings.authentication().admit(request, session).addListener((Future<Admission> admitted) -> {
            Admission admission = admitted.getNow();
            if (admission.refusal().isPresent()) {
                Connects.refuse(ctx, session, admission.refusal().get(), true);
            } else if (connect) {
                Connects.open(ctx, authority, admission.session(), outbound, framing);
            } else {
                Connects.refuse(ctx, admission.session(), CONNECT_ONLY, true);
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A reset, or what else ends the connection: channelInactive follows.
        ctx.close();
    }
}
