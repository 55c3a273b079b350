package io.hopline.testkit.exchange;

import io.hopline.api.EndOfOutput;
import io.hopline.api.HttpFraming;
import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An inbound that answers by itself what the path asks for: {@code /status/N}, {@code /bytes/N}, {@code /stuck} (reads no body), {@code
 * /silent} (never answers), {@code /half} (begins at once, and never ends), {@code /hints} (with 103 before), {@code /trailers}; to all
 * else it says what it was asked. To a CONNECT it opens a tunnel, ends its own side of it, and reads nothing.
 */
public final class Answers implements HttpInbound {

    private final List<Channel> tunnels = new CopyOnWriteArrayList<>();
    private final List<LastHttpContent> broken = new CopyOnWriteArrayList<>();
    private final List<String> abandoned = new CopyOnWriteArrayList<>();

    /** The tunnels that were opened, so far. */
    public List<Channel> tunnels() {
        return tunnels;
    }

    /** The last parts of requests that were broken, so far. */
    public List<LastHttpContent> broken() {
        return broken;
    }

    /** The requests, as method and target, whose exchanges were closed before they were answered, so far. */
    public List<String> abandoned() {
        return abandoned;
    }

    @Override
    public void accept(Channel client, Session session) {
        throw new UnsupportedOperationException("this one serves exchanges only");
    }

    @Override
    public void acceptHttp(Channel exchange, Session session, HttpFraming framing) {
        exchange.pipeline().addLast(new Handler(framing));
        exchange.read();
    }

    private final class Handler extends ChannelInboundHandlerAdapter {

        private final HttpFraming framing;
        private String asked = "";
        private long bytes;
        private boolean ended;
        private boolean answered;

        Handler(HttpFraming framing) {
            this.framing = framing;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof HttpRequest connect && connect.method().equals(HttpMethod.CONNECT)) {
                ReferenceCountUtil.release(msg);
                open(ctx);
                return;
            }
            if (msg instanceof HttpRequest request) {
                asked = request.method() + " " + request.uri() + " "
                        + request.headers().get("x-many", "");
                if (asked.contains("/half")) {
                    begin(ctx);
                }
            }
            if (msg instanceof HttpContent content) {
                bytes += content.content().readableBytes();
            }
            if (msg instanceof LastHttpContent last) {
                ended = true;
                if (last.decoderResult().isFailure()) {
                    broken.add(last);
                } else if (!asked.contains("/silent") && !asked.contains("/half")) {
                    answered = true;
                    answer(ctx, last);
                }
            }
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (!ended && !asked.contains("/stuck")) {
                ctx.read();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!answered) {
                abandoned.add(asked.strip());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        private void open(ChannelHandlerContext ctx) {
            tunnels.add(ctx.channel());
            ctx.writeAndFlush(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
            ctx.pipeline().remove(this);
            framing.leave();
            ctx.channel().writeAndFlush(EndOfOutput.INSTANCE);
        }

        private void begin(ChannelHandlerContext ctx) {
            ctx.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
            ctx.writeAndFlush(
                    new DefaultHttpContent(Unpooled.copiedBuffer("half", java.nio.charset.StandardCharsets.US_ASCII)));
        }

        private void answer(ChannelHandlerContext ctx, LastHttpContent end) {
            String path = asked.split(" ")[1].replace("http://origin.example", "");
            HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            ByteBuf body = Unpooled.copiedBuffer(
                    asked + bytes + end.trailingHeaders().get("x-sum", ""), java.nio.charset.StandardCharsets.US_ASCII);
            LastHttpContent last = new DefaultLastHttpContent();
            if (path.startsWith("/status/")) {
                response.setStatus(HttpResponseStatus.valueOf(number(path)));
            } else if (path.startsWith("/bytes/")) {
                body.release();
                body = Unpooled.wrappedBuffer(new byte[number(path)]);
            } else if (path.equals("/hints")) {
                ctx.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.EARLY_HINTS));
            } else if (path.equals("/trailers")) {
                last.trailingHeaders().set("x-sum", "1");
            }
            response.headers().add("x-many", "one").add("x-many", "two").set("Connection", "keep-alive");
            ctx.write(response);
            ctx.write(new DefaultHttpContent(body));
            ctx.writeAndFlush(last);
        }

        private int number(String path) {
            return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        }
    }
}
