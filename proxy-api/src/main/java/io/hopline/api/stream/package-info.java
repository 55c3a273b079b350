/**
 * A stream of a session that carries many, as a Netty channel.
 *
 * <p>A protocol's session hands each of its streams to a {@link io.hopline.api.stream.StreamChannel}, which paces reads, keeps what
 * nobody has asked for, ends each direction by itself and reports its writability; the session does the framing and the windows
 * behind a {@link io.hopline.api.stream.StreamLink}. {@link io.hopline.api.stream.Turns} lets the streams share the session's
 * connection fairly.
 *
 * <p>{@link io.hopline.api.stream.SessionPools} keeps the sessions that this side opens, and opens channels on streams of theirs; {@link
 * io.hopline.api.stream.ConnectExchange} makes such a channel a tunnel.
 *
 * <p>Threads: a session, its connection and all its streams run on one event loop; everything here is called on it.
 */
@NullMarked
package io.hopline.api.stream;

import org.jspecify.annotations.NullMarked;
