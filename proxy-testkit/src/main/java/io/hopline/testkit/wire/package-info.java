/**
 * Raw sockets for tests that look at every byte: a {@link io.hopline.testkit.wire.Wire} to speak through, a {@link
 * io.hopline.testkit.wire.WireServer} that a script answers at, and {@link io.hopline.testkit.wire.LiveInbound} to serve an inbound.
 *
 * <p>Threads: a wire is used by one thread; a script runs on a thread of its own for each connection.
 */
@NullMarked
package io.hopline.testkit.wire;

import org.jspecify.annotations.NullMarked;
