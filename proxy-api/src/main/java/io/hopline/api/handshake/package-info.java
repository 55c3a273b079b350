/**
 * Both sides of a protocol's handshake, each one handler that a protocol extends: {@link
 * io.hopline.api.handshake.ClientHandshake} with the outbound made of it, and {@link io.hopline.api.handshake.ServerHandshake}
 * with the farewell to a client that is turned away.
 *
 * <p>Threads: a handshake runs on its channel's event loop, which is the session's.
 */
@NullMarked
package io.hopline.api.handshake;

import org.jspecify.annotations.NullMarked;
