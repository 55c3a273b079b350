/**
 * The client side of a protocol's handshake, as one handler that a protocol extends, and the outbound made of it.
 *
 * <p>Threads: a handshake runs on its channel's event loop, which is the session's.
 */
@NullMarked
package io.hopline.api.handshake;

import org.jspecify.annotations.NullMarked;
