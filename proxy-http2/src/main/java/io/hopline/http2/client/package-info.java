/**
 * Sessions to a hop's server, and what is asked on their streams.
 *
 * <p>{@link io.hopline.http2.client.Http2Outbound} has a {@link io.hopline.http2.client.SessionPool} for each event loop; a {@link
 * io.hopline.http2.client.ClientStream} is a stream of one of its sessions, or of another one if the first refuses it.
 *
 * <p>Threads: a pool, its sessions and their streams run on the pool's loop.
 */
@NullMarked
package io.hopline.http2.client;

import org.jspecify.annotations.NullMarked;
