package io.hopline.http2.message;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.hopline.api.HttpFraming;
import io.hopline.http2.session.Head;
import io.hopline.http2.session.SessionStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on a stream that a client has opened, as {@link io.hopline.api.HttpInbound} takes them. The stream is
 * closed behind the response.
 */
public final class ServerExchange extends ChannelDuplexHandler implements HttpFraming {

    private final SessionStream stream;
    private final Responses responses = new Responses();
    private @Nullable ChannelHandlerContext self;
    private boolean headSeen;
    private boolean inBody;
    private boolean holding;
    private boolean readWanted;
    private boolean answered;

    public ServerExchange(SessionStream stream) {
        this.stream = stream;
    }

    @Override
    public void leave() {
        ChannelHandlerContext ctx = self;
        if (ctx != null && !ctx.isRemoved()) {
            ctx.pipeline().remove(this);
            if (readWanted) {
                ctx.channel().read();
            }
        }
    }

    @Override
    public Optional<String> objection(HttpResponse response) {
        return responses.objection(response);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        self = ctx;
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (holding) {
            readWanted = true;
        } else {
            ctx.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        try {
            if (msg instanceof ByteBuf bytes) {
                ctx.fireChannelRead(new DefaultHttpContent(bytes));
            } else if (!headSeen) {
                headSeen = true;
                begin(ctx, (Head) msg);
            } else {
                inBody = false;
                ctx.fireChannelRead(
                        new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, Fields.toHttp1(((Head) msg).headers())));
            }
        } catch (MalformedException e) {
            broken(ctx, e);
            stream.malformed();
            ctx.close();
        }
    }

    private void begin(ChannelHandlerContext ctx, Head head) throws MalformedException {
        HttpRequest request = Requests.read(head);
        boolean connect = HttpMethod.CONNECT.equals(request.method());
        responses.answering(request);
        holding = connect || request.headers().contains(HttpHeaderNames.UPGRADE);
        inBody = !holding && !head.last();
        ctx.fireChannelRead(request);
        if (!holding && head.last()) {
            // Only who has read to the end learns that the session was lost.
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        } else if (inBody) {
            inBody = false;
            ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            ctx.fireChannelReadComplete();
        }
    }

    /** The channel's end tells of it; but a body must not seem to have ended well. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken(ctx, cause);
    }

    private void broken(ChannelHandlerContext ctx, Throwable cause) {
        if (inBody) {
            inBody = false;
            LastHttpContent broken = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
            PrematureChannelClosureException why =
                    new PrematureChannelClosureException("the client cut its body short");
            why.initCause(cause);
            broken.setDecoderResult(DecoderResult.failure(why));
            ctx.fireChannelRead(broken);
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof HttpResponse response) {
            writeHead(ctx, response, promise);
        } else if (msg instanceof HttpContent content) {
            writeContent(ctx, content, promise);
        } else {
            ctx.write(msg, promise);
        }
    }

    private void writeHead(ChannelHandlerContext ctx, HttpResponse response, ChannelPromise promise) {
        if (objection(response).isPresent()) {
            // Written all the same, what follows would be taken for what the client asked for.
            answered = true;
            ReferenceCountUtil.release(response);
            ctx.write(Abort.INSTANCE, promise.unvoid());
            return;
        }
        Head head = responses.head(response);
        if (!head.last() && response instanceof FullHttpMessage full && responses.isFinal(response)) {
            ctx.write(head);
            writeContent(ctx, full, promise);
            return;
        }
        ReferenceCountUtil.release(response);
        if (head.last()) {
            end(ctx, head, promise);
        } else {
            ctx.write(head, promise);
        }
    }

    private void writeContent(ChannelHandlerContext ctx, HttpContent content, ChannelPromise promise) {
        boolean last = content instanceof LastHttpContent;
        if (answered) {
            // The head has said that nothing follows.
            content.release();
            promise.trySuccess();
        } else if (!last) {
            ctx.write(content.content(), promise);
        } else {
            if (content.content().isReadable()) {
                ctx.write(content.content());
            } else {
                content.release();
            }
            LastHttpContent end = (LastHttpContent) content;
            boolean trailers = !end.trailingHeaders().isEmpty();
            end(ctx, trailers ? new Head(Fields.trailers(end.trailingHeaders()), true) : EndOfOutput.INSTANCE, promise);
        }
    }

    private void end(ChannelHandlerContext ctx, Object end, ChannelPromise promise) {
        answered = true;
        ctx.write(end, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
    }
}
