package io.hopline.connect.http1;

import io.hopline.api.Drain;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.handshake.Farewell;
import io.hopline.connect.Refusal;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Lets one request after another through, frames the responses, and answers by itself what is no request at all. */
final class ServerExchange extends ChannelDuplexHandler {

    private static final String LEFT = "the client left before it had sent a request";
    private static final Set<HttpResponseStatus> TOO_LARGE =
            Set.of(HttpResponseStatus.REQUEST_URI_TOO_LONG, HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
    private static final String DRAINED = "the server closed before the client had sent a request";

    private final RequestDecoder decoder;
    private final ResponseEncoder encoder;
    private final Session session;
    private final HeadLimits limits;
    private final HeadClock clock;
    private final long startNanos = System.nanoTime();
    private final ResponseFraming framing = new ResponseFraming();
    private final RequestRules rules = new RequestRules();
    private boolean any;
    private boolean open;
    private boolean readAhead;
    private boolean full;
    private boolean wanted;
    private boolean closing;

    ServerExchange(RequestDecoder decoder, ResponseEncoder encoder, Session session, HeadLimits limits, Duration idle) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.session = session;
        this.limits = limits;
        this.clock = new HeadClock(limits.timeout(), idle, decoder::headBegan, this::expired);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        clock.start(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (closing) {
            ReferenceCountUtil.release(msg);
        } else if (msg instanceof HttpRequest request) {
            head(ctx, request);
        } else {
            if (msg instanceof LastHttpContent last) {
                if (last.decoderResult().isSuccess()) {
                    framing.requestEnded();
                } else {
                    framing.requestBroken();
                }
            }
            ctx.fireChannelRead(msg);
        }
    }

    private void head(ChannelHandlerContext ctx, HttpRequest request) {
        clock.pause();
        any = true;
        open = true;
        readAhead = false;
        encoder.answering(request.method());
        framing.request(request);
        Refusal objection = rules.objection(request);
        if (objection == null) {
            ctx.fireChannelRead(request);
        } else {
            ReferenceCountUtil.release(request);
            refuse(ctx, objection);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (open && !readAhead && framing.requestComplete()) {
            // What comes next waits in the decoder; that somebody listens all the time spares system calls.
            readAhead = true;
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (full) {
            wanted = true;
        } else if (!decoder.resume()) {
            ctx.read();
        }
    }

    /** Who does not take its responses gets to ask for no more of them. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (full && !closing && ctx.channel().isWritable()) {
            full = false;
            decoder.next();
            if (wanted) {
                wanted = false;
                read(ctx);
            }
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        boolean interim = false;
        if (msg instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (interim && !framing.takesInterim()) {
                ReferenceCountUtil.release(msg);
                promise.trySuccess();
                return;
            }
            framing.frame(response);
        }
        ctx.write(msg, promise);
        if (msg instanceof LastHttpContent && !interim) {
            finished(ctx);
        }
    }

    private void finished(ChannelHandlerContext ctx) {
        open = false;
        if (framing.persistent()) {
            full = !ctx.channel().isWritable();
            if (!full) {
                decoder.next();
            }
            clock.start(ctx);
        } else {
            close();
        }
    }

    private void close() {
        close(Farewell.PATIENCE);
    }

    private void close(Duration patience) {
        if (!closing) {
            closing = true;
            clock.stop();
            decoder.close(patience, session.guard().limits().exchangeIdle());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Drain.INSTANCE) {
            drain();
        } else if (event != ChannelInputShutdownEvent.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        } else if (!open) {
            tellIfNeverAsked(LEFT);
            close();
        }
    }

    /** What is under way, be it a head of which the first byte has come, is the last request. */
    private void drain() {
        framing.last();
        if (!open && decoder.headBegan() == 0) {
            tellIfNeverAsked(DRAINED);
            close(Farewell.BRIEFLY);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        clock.stop();
        if (!closing) {
            tellIfNeverAsked(LEFT);
        }
        ctx.fireChannelInactive();
    }

    /** Drops what frames messages, so that the channel carries bytes from now on. */
    void leave(ChannelHandlerContext ctx) {
        clock.stop();
        ctx.pipeline().remove(this);
        ctx.pipeline().remove(encoder);
        decoder.leave();
    }

    private void expired(ChannelHandlerContext ctx, boolean headBegan) {
        if (headBegan || !any) {
            session.guard().slowClient();
        }
        String silent = "no complete request came within " + limits.timeout().toMillis() + " ms";
        if (headBegan) {
            encoder.answering(HttpMethod.GET);
            refuse(ctx, new Refusal(HttpResponseStatus.REQUEST_TIMEOUT, silent));
        } else {
            tellIfNeverAsked(silent);
            close();
        }
    }

    private void refuse(ChannelHandlerContext ctx, Refusal refusal) {
        any = true;
        if (TOO_LARGE.contains(refusal.status())) {
            session.guard().headTooLarge();
        }
        framing.requestBroken();
        tell(refusal.outcome());
        write(ctx, refusal.response(true), ctx.newPromise());
        ctx.flush();
    }

    private void tellIfNeverAsked(String outcome) {
        if (!any) {
            any = true;
            tell(outcome);
        }
    }

    private void tell(String outcome) {
        session.observer().served(session, Served.nothing(Optional.empty(), startNanos, outcome));
    }
}
