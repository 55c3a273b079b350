/**
 * HTTP on streams of SPDY (SPDY/3 section 3): heads become header blocks and back, bodies data, trailers HEADERS frames.
 *
 * <p>{@link io.hopline.spdy.http.ServerExchange} and {@link io.hopline.spdy.http.ClientExchange} stand in a stream's pipeline and give it
 * the messages that {@link io.hopline.api.HttpInbound} and {@link io.hopline.api.HttpOutbound} agree on.
 *
 * <p>Threads: everything runs on the stream's event loop.
 */
@NullMarked
package io.hopline.spdy.http;

import org.jspecify.annotations.NullMarked;
