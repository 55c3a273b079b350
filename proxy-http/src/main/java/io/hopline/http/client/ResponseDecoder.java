package io.hopline.http.client;

import io.hopline.api.transport.Leftovers;
import io.hopline.connect.http1.FieldNames;
import io.hopline.connect.http1.Folding;
import io.hopline.connect.http1.StartLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the response to one request at a time; a response without a body, an interim one among them, comes out as one {@code
 * FullHttpResponse}. Behind a 101 bytes wait until {@link #leave}.
 *
 * <p>Only a FIN ends a body that lasts until the connection's end (RFC 9112 section 6.3); anything else has cut it short.
 */
final class ResponseDecoder extends HttpResponseDecoder {

    private HttpMethod request = HttpMethod.GET;
    private boolean expected;
    private boolean inHead = true;
    private boolean inFields;
    private boolean switched;
    private boolean unasked;
    private boolean begun;
    private boolean ended;

    ResponseDecoder(HttpDecoderConfig decoding) {
        super(decoding);
    }

    /** A request of this method is being sent. */
    void expect(HttpMethod method) {
        request = method;
        expected = true;
        begun = false;
    }

    /** Whether anything came of the response that is expected. */
    boolean begun() {
        return begun;
    }

    /** Whether anything came that nobody had asked for, be it that it waits behind what is being told. */
    boolean unasked() {
        return unasked || (!expected && actualReadableBytes() > 0);
    }

    /** Leaves the pipeline; bytes behind the 101 go to whoever reads next. */
    void leave(ChannelHandlerContext self) {
        ByteBuf waiting = internalBuffer();
        Leftovers.hold(self, waiting.readRetainedSlice(waiting.readableBytes()), ended);
        self.pipeline().remove(this);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (switched) {
            return;
        }
        if (!expected) {
            unasked = true;
            in.skipBytes(in.readableBytes());
            return;
        }
        begun = true;
        int before = out.size();
        String objection = inHead ? objection(in) : null;
        if (objection != null) {
            in.skipBytes(in.readableBytes());
            HttpResponse refused = (HttpResponse) createInvalidMessage();
            refused.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(objection)));
            expected = false;
            out.add(refused);
            return;
        }
        boolean inBody = !inHead;
        int from = in.readerIndex();
        super.decode(ctx, in, out);
        if (inBody) {
            Folding.refusedInTrailers(in, from, out, before);
        }
        if (out.size() > before) {
            decoded(out, before);
        }
    }

    /** What is wrong with the next line of a head that the decoder would not see. */
    private @Nullable String objection(ByteBuf in) {
        if ((!inFields && StartLine.beginsWrongly(in)) || Folding.in(in, inFields)) {
            return "a line starts with white space or a control byte";
        }
        return inFields || StartLine.endsStatus(in) ? null : "no space stands behind its status";
    }

    private void decoded(List<Object> out, int from) {
        boolean interim = false;
        if (out.get(from) instanceof HttpResponse response) {
            inHead = false;
            inFields = false;
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            switched = response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            if (out.size() == from + 2) {
                out.subList(from, out.size()).clear();
                out.add(full(response));
            }
        }
        if (out.get(out.size() - 1) instanceof LastHttpContent) {
            inHead = true;
            expected = interim && !switched;
        }
    }

    private static FullHttpResponse full(HttpResponse head) {
        FullHttpResponse full = new DefaultFullHttpResponse(
                head.protocolVersion(),
                head.status(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
        full.setDecoderResult(head.decoderResult());
        return full;
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (ended && !switched && expected && !inHead) {
            int before = out.size();
            super.decodeLast(ctx, in, out);
            if (out.size() > before) {
                expected = false;
                inHead = true;
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended = true;
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        HttpResponseStatus status = ((HttpResponse) message).status();
        return HttpMethod.HEAD.equals(request)
                || status.codeClass() == HttpStatusClass.INFORMATIONAL
                || status.equals(HttpResponseStatus.NO_CONTENT)
                || status.equals(HttpResponseStatus.NOT_MODIFIED);
    }

    // One space, and nothing else, parts the words of a status line (RFC 9112 section 4); the last may have some of its
    // own.

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        StartLine.requireOneSpace(line, start + length);
        String usual = StartLine.http11(line, start, length);
        return usual != null ? usual : super.splitFirstWordInitialLine(line, start, length);
    }

    /** Netty ends a response's name at white space, whatever comes before the colon (RFC 9112 section 5.1). */
    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        if (line[start + length] != ':') {
            throw new IllegalArgumentException("white space stands in a field's name or behind it");
        }
        AsciiString known = FieldNames.known(line, start, length);
        return known != null ? known : super.splitHeaderName(line, start, length);
    }

    @Override
    protected HttpMessage createMessage(String[] startLine) {
        inFields = true;
        // RFC 9112 section 4 and RFC 9110 section 15: the status as a number would not show a sign.
        if (!startLine[0].startsWith("HTTP/") || !StartLine.isStatus(startLine[1])) {
            throw new IllegalArgumentException("its status line is not one of HTTP with a status from 100 to 599");
        }
        if (!StartLine.isReason(startLine[2])) {
            throw new IllegalArgumentException("its reason has a control byte in it");
        }
        return super.createMessage(startLine);
    }
}
