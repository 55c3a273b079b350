/**
 * The SPI: what a protocol plugin implements and what it is handed.
 *
 * <p>{@link io.hopline.api.Inbound} and {@link io.hopline.api.Outbound} are the two interfaces everything decorates; {@link
 * io.hopline.api.Entry} and {@link io.hopline.api.Hop} are their settings; a {@link io.hopline.api.ProtocolModule} contributes
 * them. Sub-packages hold what protocols build on: {@code settings}, {@code users}, {@code transport}, {@code handshake}, {@code
 * relay}, and {@code stream} for streams of a shared session; and what is beside them: {@code guard}, which judges what clients ask for,
 * and {@code builtin}, the types that no protocol brings.
 *
 * <p>Threads: a session and all that is dialed for it run on the session's event loop, so nothing here locks. Channels are handed
 * over with auto-read off; who takes one over asks for its reads.
 */
@NullMarked
package io.hopline.api;

import org.jspecify.annotations.NullMarked;
