package io.hopline.http.client;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Step;
import io.hopline.api.transport.SocketFailure;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/** The client's side of HTTP/1.1: frames requests, checks responses, and closes a connection that can't be used again. */
final class ClientExchange extends ChannelDuplexHandler {

    private enum State {
        IDLE,
        WAITING,
        RESPONDING,
        OVER
    }

    private final HopRef at;
    private final ResponseDecoder decoder;
    private final RequestFraming framing;
    private State state = State.IDLE;
    private boolean requestEnded;
    private boolean reusable;
    private boolean deaf;
    private ChannelFutureListener sent = written -> {};

    ClientExchange(HopRef at, ResponseDecoder decoder, RequestForm form) {
        this.at = at;
        this.decoder = decoder;
        this.framing = new RequestFraming(form);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        sent = written -> sent(ctx, written);
        ctx.channel().config().setAutoClose(false);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        Object out = msg;
        if (msg instanceof HttpRequest request) {
            state = State.WAITING;
            decoder.expect(request.method());
            out = framing.frame(request);
        }
        if (msg instanceof HttpRequest || msg instanceof LastHttpContent) {
            requestEnded = msg instanceof LastHttpContent;
        }
        if (!(msg instanceof HttpObject)) {
            ctx.write(msg, promise);
        } else if (deaf) {
            ReferenceCountUtil.release(out);
            promise.trySuccess();
        } else {
            ctx.write(out, promise.isVoid() ? ctx.newPromise() : promise).addListener(sent);
        }
    }

    /** A server that takes no more of a request may have answered it: what it has said is still to be read. */
    private void sent(ChannelHandlerContext ctx, Future<? super Void> written) {
        if (!written.isSuccess() && !deaf) {
            deaf = true;
            if (ctx.channel().isActive()) {
                ctx.read();
            } else {
                gone(ctx, SocketFailure.text(written.cause()));
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (state == State.OVER) {
            ReferenceCountUtil.release(msg);
        } else if (msg instanceof HttpResponse response) {
            head(ctx, response);
        } else if (msg instanceof LastHttpContent last) {
            end(ctx, last.decoderResult().isSuccess());
            ctx.fireChannelRead(last);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private void head(ChannelHandlerContext ctx, HttpResponse response) {
        HttpResponseStatus status = response.status();
        String objection = ResponseRules.objection(response, framing.upgrading());
        if (objection != null) {
            ReferenceCountUtil.release(response);
            boolean credentials = status.equals(HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED);
            fail(ctx, credentials ? Reason.AUTH : Reason.PROTOCOL, objection);
        } else if (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            state = State.OVER;
            ctx.channel().config().setAutoClose(true);
            ctx.pipeline().remove(this);
            ctx.pipeline().remove(RequestEncoder.class);
            decoder.leave(ctx.pipeline().context(decoder));
            ctx.fireChannelRead(response);
        } else {
            if (status.codeClass() != HttpStatusClass.INFORMATIONAL) {
                state = State.RESPONDING;
                reusable = ResponseRules.leavesOpen(response);
                if (response instanceof LastHttpContent) {
                    end(ctx, true);
                }
            }
            HopByHopFields.removeFromResponse(response);
            ctx.fireChannelRead(response);
        }
    }

    /** What can't be used again says so before anybody hears of the response's end, who might want to use it. */
    private void end(ChannelHandlerContext ctx, boolean whole) {
        if (whole && reusable && requestEnded && !deaf && !decoder.unasked()) {
            state = State.IDLE;
            // Listening tells at once that the server has left.
            ctx.read();
        } else {
            leave(ctx);
        }
    }

    /** TLS closes it some time later, and whoever keeps it must not wait for that. */
    private void leave(ChannelHandlerContext ctx) {
        state = State.OVER;
        ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        ctx.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (state == State.IDLE && decoder.unasked()) {
            leave(ctx);
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            gone(ctx, "the server closed the connection");
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        gone(
                ctx,
                SocketFailure.isReset(cause) ? "the server reset the connection" : String.valueOf(cause.getMessage()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone(ctx, "the server closed the connection");
        ctx.fireChannelInactive();
    }

    private void gone(ChannelHandlerContext ctx, String how) {
        State before = state;
        if (before == State.WAITING) {
            boolean nothing = !decoder.begun();
            fail(
                    ctx,
                    nothing ? Reason.REFUSED : Reason.PROTOCOL,
                    how + (nothing ? " without an answer" : " in its answer"));
        } else if (before != State.OVER) {
            leave(ctx);
            if (before == State.RESPONDING) {
                LastHttpContent broken = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
                broken.setDecoderResult(DecoderResult.failure(new PrematureChannelClosureException(how)));
                ctx.fireChannelRead(broken);
                ctx.fireChannelReadComplete();
            }
        }
    }

    private void fail(ChannelHandlerContext ctx, Reason reason, String detail) {
        leave(ctx);
        ctx.fireExceptionCaught(new DialException(reason, at, Step.RESPONSE, detail));
    }
}
