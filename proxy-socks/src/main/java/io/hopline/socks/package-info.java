/**
 * SOCKS 4, 4a and 5, in and out: CONNECT.
 *
 * <p>Per version: an {@code Entry} and a {@code Hop} hold the settings of either side, a {@code Server} and a {@code Client} its
 * handshake, a {@code Reply} what a server's codes mean to a dial and a failed dial to a client.
 *
 * <p>Threads: a handshake runs on its channel's event loop; everything else is immutable.
 */
@NullMarked
package io.hopline.socks;

import org.jspecify.annotations.NullMarked;
