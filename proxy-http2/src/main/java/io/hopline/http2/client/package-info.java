/**
 * Sessions to a hop's server, and what is asked on their streams.
 *
 * <p>{@link io.hopline.http2.client.Http2Outbound} takes streams from {@linkplain io.hopline.api.stream.SessionPools pools} of
 * sessions; a {@code Greeting} waits for what each server has to say first.
 *
 * <p>Threads: a pool, its sessions and their streams run on the pool's loop.
 */
@NullMarked
package io.hopline.http2.client;

import org.jspecify.annotations.NullMarked;
