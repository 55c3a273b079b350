/**
 * SPDY 3.1 and 3, in and out: many tunnels and requests on one connection.
 *
 * <p>The sub-package {@code session} has sessions and their streams, {@code http} turns a stream's messages into those of HTTP and back;
 * here is what the config names: the inbound type, what ALPN agrees on, and the outbound with its pool of sessions.
 *
 * <p>Threads: a session and its streams run on the event loop of their connection; each loop has a pool of its own. Settings are
 * immutable.
 */
@NullMarked
package io.hopline.spdy;

import org.jspecify.annotations.NullMarked;
