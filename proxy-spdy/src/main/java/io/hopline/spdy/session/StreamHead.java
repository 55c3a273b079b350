package io.hopline.spdy.session;

import io.hopline.api.stream.StreamMessage;
import io.netty.handler.codec.spdy.SpdyHeaders;

/**
 * A block of header fields on a stream, read from it or written to it: the first in a direction is a SYN_STREAM or SYN_REPLY frame,
 * those that follow are HEADERS frames.
 *
 * @param last whether the frame has FIN, so that nothing follows it
 */
public record StreamHead(SpdyHeaders headers, boolean last) implements StreamMessage {}
