/**
 * What joins two channels: bytes, half-closes, back-pressure and aborts pass from one to the other.
 *
 * <p>Threads: both channels of a tunnel are on one event loop.
 */
@NullMarked
package io.hopline.api.relay;

import org.jspecify.annotations.NullMarked;
