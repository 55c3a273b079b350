/**
 * HTTP messages (RFC 9110) as they travel on a stream (RFC 9113 section 8), to and from Netty's {@code HttpObject}s.
 *
 * <p>Threads: a handler belongs to one stream and runs on its loop.
 */
@NullMarked
package io.hopline.http2.message;

import org.jspecify.annotations.NullMarked;
