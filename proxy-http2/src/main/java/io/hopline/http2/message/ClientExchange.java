package io.hopline.http2.message;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.EndOfOutput;
import io.hopline.api.HopRef;
import io.hopline.api.Step;
import io.hopline.api.stream.StreamRefusedException;
import io.hopline.http2.session.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/** One request and its response on a stream of ours, as {@link io.hopline.api.HttpOutbound} has them. */
public final class ClientExchange extends ChannelDuplexHandler {

    private final HopRef at;
    private final Optional<AsciiString> authorization;
    private HttpMethod method = HttpMethod.GET;
    private boolean begun;
    private boolean bodyAwaited;
    private boolean over;

    /** @param authorization the value of Proxy-Authorization */
    public ClientExchange(HopRef at, Optional<AsciiString> authorization) {
        this.at = at;
        this.authorization = authorization;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        boolean ends = msg instanceof LastHttpContent;
        if (msg instanceof HttpRequest request) {
            method = request.method();
            boolean alone = ends && !((HttpContent) msg).content().isReadable();
            Head head = RequestHeads.of(request, alone, authorization);
            if (!ends || alone) {
                ReferenceCountUtil.release(msg);
                ctx.write(head, promise);
                return;
            }
            ctx.write(head);
        }
        if (!(msg instanceof HttpContent content)) {
            ctx.write(msg, promise);
            return;
        }
        if (!ends) {
            ctx.write(content.content(), promise);
            return;
        }
        ctx.write(content.content());
        HttpHeaders trailers = ((LastHttpContent) msg).trailingHeaders();
        ctx.write(trailers.isEmpty() ? EndOfOutput.INSTANCE : new Head(Fields.trailers(trailers), true), promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (over) {
            ReferenceCountUtil.release(msg);
            return;
        }
        try {
            if (msg instanceof ByteBuf bytes) {
                body(ctx, bytes);
            } else if (begun) {
                requireBody();
                end(ctx, new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, Fields.toHttp1(((Head) msg).headers())));
            } else {
                head(ctx, ResponseHeads.read((Head) msg));
            }
        } catch (MalformedException e) {
            breakOff(ctx, e);
        }
    }

    private void head(ChannelHandlerContext ctx, HttpResponse response) throws MalformedException {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            ctx.fireChannelRead(response);
            return;
        }
        bodyAwaited = ResponseHeads.tellsOfBody(response, method);
        if (response instanceof LastHttpContent) {
            requireBody();
            begun = true;
            end(ctx, response);
        } else {
            begun = true;
            ctx.fireChannelRead(response);
        }
    }

    private void body(ChannelHandlerContext ctx, ByteBuf bytes) throws MalformedException {
        if (!begun) {
            bytes.release();
            throw new MalformedException("a body came before its response");
        }
        bodyAwaited = false;
        ctx.fireChannelRead(new DefaultHttpContent(bytes));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        } else if (begun && !over && !bodyAwaited) {
            end(ctx, LastHttpContent.EMPTY_LAST_CONTENT);
            ctx.fireChannelReadComplete();
        } else if (!over) {
            breakOff(
                    ctx,
                    new MalformedException("the stream ended before there was " + (begun ? "a body" : "a response")));
        }
    }

    /** The codec holds a body to its length only if any of it comes: it does not know what was asked. */
    private void requireBody() throws MalformedException {
        if (bodyAwaited) {
            throw new MalformedException("the stream ended before there was a body");
        }
    }

    /** The stream is used up, which must be seen before anybody hears of the response's end. */
    private void end(ChannelHandlerContext ctx, Object last) {
        over = true;
        ctx.close();
        ctx.fireChannelRead(last);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        breakOff(ctx, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        breakOff(ctx, new MalformedException("the stream was closed before the response had ended"));
        ctx.fireChannelInactive();
    }

    /** Tells that the response won't come to its end. */
    private void breakOff(ChannelHandlerContext ctx, Throwable cause) {
        if (over) {
            return;
        }
        over = true;
        ctx.close();
        if (begun) {
            LastHttpContent broken = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
            broken.setDecoderResult(DecoderResult.failure(cause));
            ctx.fireChannelRead(broken);
            ctx.fireChannelReadComplete();
        } else {
            ctx.fireExceptionCaught(failure(cause));
        }
    }

    private DialException failure(Throwable cause) {
        if (cause instanceof DialException known) {
            return known;
        }
        return new DialException(
                cause instanceof StreamRefusedException ? Reason.REFUSED : Reason.PROTOCOL,
                at,
                Step.RESPONSE,
                String.valueOf(cause.getMessage()));
    }
}
