/**
 * SPDY sessions and their streams, the same for both ends (draft-mbelshe-httpbis-spdy-00, "SPDY/3", and SPDY/3.1, which adds a window
 * for the whole session).
 *
 * <p>{@link io.hopline.spdy.session.SpdySession} stands on a channel of bytes, which Netty's frame codec cuts into frames; {@link
 * io.hopline.spdy.session.SpdyStream} is what the session does for the channel of one stream. What comes in goes through {@code Incoming}
 * to the stream's channel; what goes out waits there until {@code Outgoing} gives it a turn. {@code ReceiveBudget} and {@code
 * ReceiveWindow} bound what may be held, {@code SendWindow} what may be sent.
 *
 * <p>Threads: a session and its streams run on the event loop of the channel beneath.
 */
@NullMarked
package io.hopline.spdy.session;

import org.jspecify.annotations.NullMarked;
