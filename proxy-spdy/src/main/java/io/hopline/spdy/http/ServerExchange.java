package io.hopline.spdy.http;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.hopline.api.HttpDate;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.handshake.Farewell;
import io.hopline.spdy.session.StreamHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives a stream that a client has opened the messages of one HTTP exchange, and answers by itself what is no request. */
public final class ServerExchange extends ChannelDuplexHandler {

    private final Session session;
    private final long startNanos = System.nanoTime();
    private final LastHttpContent last = new DefaultLastHttpContent();
    private HttpMethod method = HttpMethod.GET;
    private BodyLength length = BodyLength.any();
    private @Nullable Future<?> timer;
    private boolean asked;
    private boolean clientEnded;
    private boolean requestEnded;
    private boolean begun;
    private boolean responded;
    private boolean refused;

    public ServerExchange(Session session) {
        this.session = session;
    }

    /** Drops what frames messages: from now on the stream carries bytes. */
    public void leave(ChannelHandlerContext ctx) {
        ctx.pipeline().remove(this);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        // Behind the head of a CONNECT stands what is for the target.
        if (!asked || !HttpMethod.CONNECT.equals(method)) {
            ctx.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        try {
            if (responded || refused) {
                ReferenceCountUtil.release(msg);
            } else if (msg instanceof StreamHead head) {
                head(ctx, head);
            } else {
                body(ctx, (ByteBuf) msg);
            }
        } catch (MalformedException e) {
            refuse(ctx, String.valueOf(e.getMessage()));
        }
    }

    private void head(ChannelHandlerContext ctx, StreamHead head) throws MalformedException {
        if (asked) {
            Fields.read(head.headers(), last.trailingHeaders());
            return;
        }
        HttpRequest request = Requests.read(head);
        length = BodyLength.of(request.headers());
        method = request.method();
        asked = true;
        clientEnded = head.last();
        requestEnded = request instanceof FullHttpRequest;
        ctx.fireChannelRead(request);
        if (requestEnded) {
            // Only who has read to the end learns that the session was lost.
            read(ctx);
        }
    }

    private void body(ChannelHandlerContext ctx, ByteBuf bytes) throws MalformedException {
        if (!length.takes(bytes.readableBytes())) {
            bytes.release();
            throw new MalformedException("the body is longer than content-length tells");
        }
        ctx.fireChannelRead(new DefaultHttpContent(bytes));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            ctx.fireUserEventTriggered(event);
            return;
        }
        clientEnded = true;
        if (timer != null) {
            ctx.close();
        } else if (!requestEnded && !refused && !responded) {
            if (length.isComplete()) {
                requestEnded = true;
                ctx.fireChannelRead(last);
                ctx.fireChannelReadComplete();
            } else {
                refuse(ctx, "the body is shorter than content-length tells");
            }
        }
    }

    /** Answers 400, or cuts a response short that has begun, and lets whoever serves the request know that it came to nothing. */
    private void refuse(ChannelHandlerContext ctx, String why) {
        boolean underWay = asked && !requestEnded;
        String text = "400 Bad Request: " + why;
        if (!asked) {
            session.observer().served(session, Served.nothing(Optional.empty(), startNanos, text));
        }
        if (begun) {
            ctx.writeAndFlush(Abort.INSTANCE);
        } else {
            ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), text + "\n");
            HttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, body);
            response.headers()
                    .set(HttpHeaderNames.DATE, HttpDate.now())
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            write(ctx, response, ctx.newPromise());
            ctx.flush();
        }
        refused = true;
        if (underWay) {
            breakRequest(ctx, new MalformedException(why));
        }
    }

    private void breakRequest(ChannelHandlerContext ctx, Throwable cause) {
        requestEnded = true;
        last.setDecoderResult(DecoderResult.failure(cause));
        ctx.fireChannelRead(last);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (asked && !requestEnded) {
            breakRequest(ctx, cause);
        }
        ctx.fireExceptionCaught(cause);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (!(msg instanceof HttpObject)) {
            ctx.write(msg, promise);
        } else if (refused || responded || isInterim(msg)) {
            ReferenceCountUtil.release(msg);
            promise.trySuccess();
        } else {
            message(ctx, msg, promise);
        }
    }

    /** SPDY has but one reply to a request. */
    private static boolean isInterim(Object msg) {
        return msg instanceof HttpResponse response && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void message(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        boolean ends = msg instanceof LastHttpContent;
        if (msg instanceof HttpResponse response) {
            begun = true;
            boolean alone = !isTunnel(response)
                    && (Responses.hasNoBody(method, response.status()) || (ends && isEmpty((LastHttpContent) msg)));
            StreamHead head = new StreamHead(Responses.write(response), alone);
            if (alone) {
                ReferenceCountUtil.release(msg);
                ctx.write(head, finishing(ctx, promise));
                return;
            }
            ctx.write(head, ends ? ctx.voidPromise() : promise);
        }
        if (msg instanceof HttpContent content) {
            ctx.write(content.content(), ends ? ctx.voidPromise() : promise);
        }
        if (ends) {
            HttpHeaders trailers = ((LastHttpContent) msg).trailingHeaders();
            Object end = trailers.isEmpty() ? EndOfOutput.INSTANCE : new StreamHead(Fields.write(trailers), true);
            ctx.write(end, finishing(ctx, promise));
        }
    }

    private boolean isTunnel(HttpResponse response) {
        return HttpMethod.CONNECT.equals(method) && response.status().codeClass() == HttpStatusClass.SUCCESS;
    }

    private static boolean isEmpty(LastHttpContent end) {
        return !end.content().isReadable() && end.trailingHeaders().isEmpty();
    }

    private ChannelPromise finishing(ChannelHandlerContext ctx, ChannelPromise promise) {
        responded = true;
        ChannelPromise sent = promise.unvoid();
        sent.addListener(done -> finished(ctx));
        return sent;
    }

    /** The stream is over once the client has ended its side too; one that goes on sending is given a moment. */
    private void finished(ChannelHandlerContext ctx) {
        if (clientEnded) {
            ctx.close();
        } else {
            timer = ctx.executor().schedule(() -> ctx.close(), Farewell.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            ctx.channel().config().setAutoRead(true);
            ctx.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
