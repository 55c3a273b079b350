package io.hopline.connect.http1;

import io.hopline.api.handshake.Farewell;
import io.hopline.api.transport.Leftovers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request at a time: behind a complete one, and behind a CONNECT's head, bytes wait until {@link #next} or {@link #leave}.
 *
 * <p>A request without a body comes out as one {@code FullHttpRequest}.
 */
final class RequestDecoder extends HttpRequestDecoder {

    private boolean inHead = true;
    private boolean inFields;
    private boolean holding;
    private boolean decoding;
    private boolean cameOut;
    private boolean resuming;
    private boolean discarding;
    private boolean ended;
    private boolean endTold;
    private long headBegan;
    private @Nullable ChannelHandlerContext self;

    RequestDecoder(HeadLimits limits) {
        super(limits.decoding());
    }

    /** When the first byte of an incomplete head came, in {@code System.nanoTime}; 0 if there is none. */
    long headBegan() {
        return headBegan;
    }

    /** Lets the next request be read; what is here of it comes out by {@link #resume}. */
    void next() {
        holding = false;
    }

    /**
     * Closes the connection behind what was written to it; what the client still sends is dropped.
     *
     * @param patience how long the client may be silent without closing it, too
     * @param stall how long it may take nothing of what was written
     */
    void close(Duration patience, Duration stall) {
        discarding = true;
        Farewell.inFrontOf(self(), patience, stall, ended);
    }

    /** Decodes what has waited; returns whether that led to anything, so that nothing must be read first. */
    boolean resume() throws Exception {
        // Who is told that the read is over reads on, and the bytes that are left are less than can be decoded.
        if (holding || decoding || resuming || (actualReadableBytes() == 0 && (!ended || endTold))) {
            return false;
        }
        resuming = true;
        try {
            channelRead(self(), Unpooled.EMPTY_BUFFER);
            channelReadComplete(self());
        } finally {
            resuming = false;
        }
        return true;
    }

    /** Leaves the pipeline; bytes that have waited go to whoever reads next. */
    void leave() {
        ByteBuf waiting = internalBuffer();
        Leftovers.hold(self(), waiting.readRetainedSlice(waiting.readableBytes()), ended);
        self().pipeline().remove(this);
    }

    private ChannelHandlerContext self() {
        return Objects.requireNonNull(self, "not in a pipeline");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        self = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        boolean outermost = !decoding;
        decoding = true;
        super.channelRead(ctx, input);
        decoding = !outermost;
        if (outermost && ended && !endTold && !holding && !ctx.isRemoved()) {
            end(ctx);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (holding && !cameOut) {
            // The decoder would go on reading, without bounds, because nothing came out.
            ctx.fireChannelReadComplete();
        } else {
            // Nor must it remember what came out, or it would not read on when part of the next head has come.
            cameOut = false;
            super.channelReadComplete(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            super.userEventTriggered(ctx, event);
        } else if (!ended) {
            ended = true;
            if (!holding && !decoding) {
                end(ctx);
            }
        }
    }

    private void end(ChannelHandlerContext ctx) throws Exception {
        endTold = true;
        boolean cutShort = !inHead;
        super.userEventTriggered(ctx, ChannelInputShutdownEvent.INSTANCE);
        if (cutShort && !inHead) {
            inHead = true;
            LastHttpContent broken = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
            broken.setDecoderResult(
                    DecoderResult.failure(new PrematureChannelClosureException("the client ended its body early")));
            ctx.fireChannelRead(broken);
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (discarding) {
            in.skipBytes(in.readableBytes());
        } else if (!holding && (!inHead || beginsHead(in, out))) {
            boolean inBody = !inHead;
            int from = in.readerIndex();
            int before = out.size();
            super.decode(ctx, in, out);
            discarding |= inBody && Folding.refusedInTrailers(in, from, out, before);
            if (out.size() > before) {
                cameOut = true;
                decoded(out, before);
            }
        }
    }

    /** Whether there is some of a head, and it may be one. */
    private boolean beginsHead(ByteBuf in, List<Object> out) throws Exception {
        if (!inFields && !StartLine.skipEmptyLines(in)) {
            return false;
        }
        if (headBegan == 0) {
            headBegan = System.nanoTime();
        }
        if ((inFields || !StartLine.beginsWrongly(in)) && !Folding.in(in, inFields)) {
            return true;
        }
        in.skipBytes(in.readableBytes());
        HttpRequest refused = (HttpRequest) createInvalidMessage();
        refused.setDecoderResult(DecoderResult.failure(
                new IllegalArgumentException("a line starts with white space or a control byte")));
        out.add(refused);
        discarding = true;
        return false;
    }

    private void decoded(List<Object> out, int from) {
        if (out.get(from) instanceof HttpRequest request) {
            inHead = false;
            inFields = false;
            headBegan = 0;
            boolean bodyless = out.size() == from + 2;
            if (HttpMethod.CONNECT.equals(request.method())) {
                out.subList(from + 1, out.size()).clear();
                holding = true;
            } else if (bodyless) {
                out.subList(from, out.size()).clear();
                out.add(Bodyless.of(request));
            }
        }
        if (out.get(out.size() - 1) instanceof LastHttpContent) {
            holding = true;
            inHead = true;
        }
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        AsciiString known = FieldNames.known(line, start, length);
        return known != null ? known : super.splitHeaderName(line, start, length);
    }

    @Override
    protected HttpMessage createMessage(String[] startLine) throws Exception {
        inFields = true;
        return super.createMessage(startLine);
    }

    // One space, and nothing else, parts the words of a request line (RFC 9112 section 3).

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        StartLine.requireOneSpace(line, start + length);
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        StartLine.requireOneSpace(line, start + length);
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        StartLine.requireHttp(line, start, length);
        String usual = StartLine.http11(line, start, length);
        return usual != null ? usual : super.splitThirdWordInitialLine(line, start, length);
    }
}
