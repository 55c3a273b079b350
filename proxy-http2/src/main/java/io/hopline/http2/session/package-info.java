/**
 * An HTTP/2 connection (RFC 9113) and its streams, whichever side opened it.
 *
 * <p>{@link io.hopline.http2.session.Http2Session} is the connection's last handler: Netty reads and writes its frames and keeps the
 * streams' states; the windows are kept by {@link io.hopline.http2.session.SendWindows} and {@link
 * io.hopline.http2.session.ReceiveWindows}; a stream's channel carries {@link io.hopline.http2.session.Head}s and bytes.
 *
 * <p>Threads: a session and its streams run on the event loop of its connection.
 */
@NullMarked
package io.hopline.http2.session;

import org.jspecify.annotations.NullMarked;
