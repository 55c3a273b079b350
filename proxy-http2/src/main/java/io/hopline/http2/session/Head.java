package io.hopline.http2.session;

import io.hopline.api.stream.StreamMessage;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * A header section on a stream (RFC 9113 section 8.1): of a request, an interim or final response, or trailers.
 *
 * @param last whether its sender sends nothing more
 */
public record Head(Http2Headers headers, boolean last) implements StreamMessage {}
