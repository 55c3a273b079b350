package io.hopline.spdy.http;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.EndOfOutput;
import io.hopline.api.HopRef;
import io.hopline.api.Step;
import io.hopline.api.stream.StreamRefusedException;
import io.hopline.spdy.session.StreamHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/** Turns the messages of one HTTP exchange with a server into those of a stream of our own. */
public final class ClientExchange extends ChannelDuplexHandler {

    private static final AsciiString PROXY_AUTHORIZATION = AsciiString.cached("proxy-authorization");

    private final HopRef at;
    private final Optional<AsciiString> authorization;
    private final LastHttpContent last = new DefaultLastHttpContent();
    private HttpMethod method = HttpMethod.GET;
    private BodyLength length = BodyLength.any();
    private boolean begun;
    private boolean ended;

    /** @param authorization the value of Proxy-Authorization */
    public ClientExchange(HopRef at, Optional<AsciiString> authorization) {
        this.at = at;
        this.authorization = authorization;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof HttpObject) {
            message(ctx, msg, promise);
        } else {
            ctx.write(msg, promise);
        }
    }

    private void message(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        boolean ends = msg instanceof LastHttpContent;
        if (msg instanceof HttpRequest request) {
            method = request.method();
            boolean alone = ends && isEmpty((LastHttpContent) msg);
            SpdyHeaders headers = Requests.write(request);
            authorization.ifPresent(value -> headers.set(PROXY_AUTHORIZATION, value));
            ctx.write(new StreamHead(headers, alone), ends && !alone ? ctx.voidPromise() : promise);
            if (alone) {
                ReferenceCountUtil.release(msg);
                return;
            }
        }
        if (msg instanceof HttpContent content) {
            ctx.write(content.content(), ends ? ctx.voidPromise() : promise);
        }
        if (ends) {
            HttpHeaders trailers = ((LastHttpContent) msg).trailingHeaders();
            ctx.write(
                    trailers.isEmpty() ? EndOfOutput.INSTANCE : new StreamHead(Fields.write(trailers), true), promise);
        }
    }

    private static boolean isEmpty(LastHttpContent end) {
        return !end.content().isReadable() && end.trailingHeaders().isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (ended) {
            ReferenceCountUtil.release(msg);
            return;
        }
        try {
            if (msg instanceof StreamHead head) {
                head(ctx, head);
            } else {
                body(ctx, (ByteBuf) msg);
            }
        } catch (MalformedException e) {
            breakOff(ctx, e);
        }
    }

    private void head(ChannelHandlerContext ctx, StreamHead head) throws MalformedException {
        if (begun) {
            Fields.read(head.headers(), last.trailingHeaders());
            return;
        }
        HttpResponse response = Responses.read(head);
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            DefaultFullHttpResponse interim = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, response.status());
            interim.headers().set(response.headers());
            ctx.fireChannelRead(interim);
            return;
        }
        BodyLength told = BodyLength.of(response.headers());
        if (!Responses.hasNoBody(method, response.status())) {
            length = told;
        }
        begun = true;
        ctx.fireChannelRead(response);
    }

    private void body(ChannelHandlerContext ctx, ByteBuf bytes) throws MalformedException {
        if (!begun || !length.takes(bytes.readableBytes())) {
            bytes.release();
            throw new MalformedException("the body of the response is longer than content-length tells");
        }
        ctx.fireChannelRead(new DefaultHttpContent(bytes));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        } else if (begun && !ended && length.isComplete()) {
            ended = true;
            // Whoever reads the last part may not write another request here.
            ctx.close();
            ctx.fireChannelRead(last);
            ctx.fireChannelReadComplete();
        } else if (!ended) {
            breakOff(ctx, new MalformedException("the response was cut short"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!ended) {
            breakOff(ctx, cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!ended) {
            breakOff(ctx, new MalformedException("the stream was closed before the response had ended"));
        }
        ctx.fireChannelInactive();
    }

    /** Tells that the response won't come to its end. */
    private void breakOff(ChannelHandlerContext ctx, Throwable cause) {
        ended = true;
        ctx.close();
        if (begun) {
            last.setDecoderResult(DecoderResult.failure(cause));
            ctx.fireChannelRead(last);
            ctx.fireChannelReadComplete();
        } else {
            ctx.fireExceptionCaught(failure(cause));
        }
    }

    private DialException failure(Throwable cause) {
        if (cause instanceof DialException dial) {
            return dial;
        }
        return new DialException(
                cause instanceof StreamRefusedException ? Reason.REFUSED : Reason.PROTOCOL,
                at,
                Step.RESPONSE,
                String.valueOf(cause.getMessage()));
    }
}
