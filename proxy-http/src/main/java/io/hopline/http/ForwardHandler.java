package io.hopline.http;

import io.hopline.api.HttpFraming;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.relay.Relay;
import io.hopline.connect.BasicAuthentication;
import io.hopline.connect.BasicAuthentication.Admission;
import io.hopline.connect.Connects;
import io.hopline.connect.Refusal;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Serves a client's requests one after another: asks who it is, then forwards or opens a tunnel. */
final class ForwardHandler extends ChannelInboundHandlerAdapter {

    private final Session session;
    private final ForwardingInbound inbound;
    private final Upstreams pool;
    private final HttpFraming framing;
    private final ResponseJudge judge;
    private final Queue<HttpContent> early = new ArrayDeque<>(1);
    private boolean admitting;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Forward forward;
    private @Nullable Upstream kept;
    private @Nullable RequestTarget last;

    ForwardHandler(Session session, ForwardingInbound inbound, Upstreams pool, HttpFraming framing) {
        this.session = session;
        this.inbound = inbound;
        this.pool = pool;
        this.framing = framing;
        this.judge = new ResponseJudge(inbound.limits().count(), framing, session.towards());
    }

    ForwardingInbound inbound() {
        return inbound;
    }

    ResponseJudge judge() {
        return judge;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object msg) {
        if (msg instanceof HttpRequest request) {
            admit(context, request);
        } else if (forward != null) {
            forward.requestPart((HttpContent) msg);
        } else if (admitting) {
            early.add((HttpContent) msg);
        } else {
            // The rest of a refused request.
            ReferenceCountUtil.release(msg);
        }
    }

    private void admit(ChannelHandlerContext context, HttpRequest request) {
        Refusal objection = inbound.limits().objection(request.headers(), session.guard());
        if (objection != null) {
            refuse(context, session, objection, request);
            return;
        }
        BasicAuthentication authentication = inbound.settings().authentication();
        if (authentication.users().isEmpty()) {
            serve(context, session, request);
            return;
        }
        admitting = true;
        authentication.admit(request, session).addListener((Future<Admission> admitted) -> {
            admitting = false;
            Admission admission = admitted.getNow();
            if (!context.channel().isActive()) {
                dropEarly();
            } else if (admission.refusal().isPresent()) {
                refuse(context, session, admission.refusal().get(), request);
            } else {
                serve(context, admission.session(), request);
            }
        });
    }

    private void serve(ChannelHandlerContext context, Session user, HttpRequest request) {
        if (request.method().equals(HttpMethod.CONNECT)) {
            letGo();
            Connects.open(context, request.uri(), user, inbound.outbound(), framing);
        } else {
            forward(context, user, request);
        }
    }

    private void forward(ChannelHandlerContext context, Session user, HttpRequest request) {
        RequestTarget target;
        try {
            FullHttpResponse own = OwnAnswer.to(request);
            if (own != null) {
                answer(context, user, own);
                return;
            }
            target = RequestTarget.parse(request.method(), request.uri(), last);
            last = target;
            inbound.rewriting().rewrite(request, target);
        } catch (RequestTarget.Unusable e) {
            refuse(context, user, e.refusal(), request);
            return;
        }
        Upstreams.Key key = Upstreams.Key.of(inbound.peer(request, target.origin(), user), user);
        Forward started = new Forward(this, context.channel(), user, request, target, key);
        forward = started;
        for (HttpContent part = early.poll(); part != null; part = early.poll()) {
            started.requestPart(part);
        }
        if (kept == null || Repeatable.is(request)) {
            started.start();
        } else {
            // What is kept may end in this very turn of the loop, and the request could not go out again then.
            context.channel().eventLoop().execute(started::start);
        }
    }

    /** A connection that is there already; null if one has to be dialed. */
    @Nullable Upstream upstreamFor(HttpRequest request, Upstreams.Key key) {
        Upstream usable = kept != null && kept.canTake(key) ? kept : null;
        if (usable == null) {
            letGo();
            // A connection of others may be dead by now, and only such a request may then go out again.
            usable = Repeatable.is(request) ? pool.take(key) : null;
        }
        kept = null;
        return usable;
    }

    private void answer(ChannelHandlerContext context, Session user, FullHttpResponse own) {
        dropEarly();
        user.observer()
                .served(user, Served.nothing(Optional.empty(), System.nanoTime(), "answered by the proxy itself"));
        context.writeAndFlush(own);
        context.channel().read();
    }

    private void refuse(ChannelHandlerContext context, Session user, Refusal refusal, HttpRequest request) {
        dropEarly();
        // Who has not been understood may not have meant what follows as it would be read, either.
        boolean close =
                request.method().equals(HttpMethod.CONNECT) || refusal.status().equals(HttpResponseStatus.BAD_REQUEST);
        Connects.refuse(context, user, refusal, close);
        context.channel().read();
    }

    /** The response has ended. */
    void finished(ForwardOutcome done, @Nullable Upstream upstream) {
        if (upstream != null) {
            upstream.serve(null);
            kept = upstream;
        }
        if (forward == done) {
            forward = null;
        }
        if (ctx != null) {
            ctx.channel().read();
        }
    }

    /** The connection speaks another protocol from now on: nobody here understands a byte of it. */
    void upgrade(Forward done, HttpResponse response, Upstream upstream) {
        if (ctx == null) {
            return;
        }
        ChannelHandlerContext context = ctx;
        forward = null;
        kept = null;
        upstream.serve(null);
        context.writeAndFlush(response);
        context.pipeline().remove(this);
        framing.leave();
        upstream.channel().pipeline().remove(upstream);
        Relay.join(
                context.channel(),
                upstream.channel(),
                session.guard(),
                ended -> done.tell(ended.up(), ended.down(), ended.outcome()));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (forward != null) {
            forward.requestRead();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (forward != null) {
            forward.readResponse();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (forward != null) {
            forward.abandon();
            forward = null;
        }
        dropEarly();
        letGo();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset, or what else ends the connection: channelInactive follows.
        context.close();
    }

    private void dropEarly() {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }

    /** What was kept for this client may serve another connection of it. */
    private void letGo() {
        if (kept != null && kept.canBeShared()) {
            pool.put(kept);
        } else if (kept != null) {
            kept.channel().close();
        }
        kept = null;
    }
}
