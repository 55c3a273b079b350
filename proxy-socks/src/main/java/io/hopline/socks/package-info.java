/**
 * SOCKS 4, 4a and 5, in and out: CONNECT, BIND and UDP ASSOCIATE.
 *
 * <p>Per version: an {@code Entry} and a {@code Hop} hold the settings of either side, a {@code Server} and a {@code Client} its
 * handshake, a {@code Reply} what a server's codes mean to a dial and a failed dial to a client.
 *
 * <p>What a client may ask for besides CONNECT: a {@code Binding} waits for a peer, an {@code Association} relays {@code Datagrams}. What
 * we ask a server for is an {@code Ask}, and the outbounds that do so are {@code Asks} and, where datagrams get through, {@code
 * Associates}.
 *
 * <p>Threads: everything runs on the session's event loop; settings and outbounds are immutable.
 */
@NullMarked
package io.hopline.socks;

import org.jspecify.annotations.NullMarked;
