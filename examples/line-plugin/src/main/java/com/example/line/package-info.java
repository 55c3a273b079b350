/**
 * A protocol of one line each way, in and out: {@code DIAL host:port}, answered by {@code OK} or {@code NO} and why.
 *
 * <p>Threads: as everywhere, a session and its handshakes run on the session's event loop.
 */
@NullMarked
package com.example.line;

import org.jspecify.annotations.NullMarked;
