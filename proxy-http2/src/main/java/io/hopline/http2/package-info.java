/**
 * HTTP/2, in and out.
 *
 * <p>{@link io.hopline.http2.Http2Inbound} serves sessions and hands each of their streams to an inbound for HTTP. The sub-package
 * {@code session} is an HTTP/2 connection, {@code message} translates its header sections, {@code client} keeps the sessions to a
 * hop's server.
 *
 * <p>Threads: a session and its streams run on one event loop; settings and inbounds are immutable.
 */
@NullMarked
package io.hopline.http2;

import org.jspecify.annotations.NullMarked;
