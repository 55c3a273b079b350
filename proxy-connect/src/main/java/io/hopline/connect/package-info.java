/**
 * HTTP CONNECT, in and out.
 *
 * <p>{@link io.hopline.connect.Connects} serves a CONNECT on any channel of HTTP messages, {@link
 * io.hopline.connect.ConnectHandshake} asks for a tunnel as a client does. {@link io.hopline.connect.Refusal} and {@link
 * io.hopline.connect.BasicAuthentication} are what every HTTP inbound answers with. The sub-package {@code http1} frames messages.
 *
 * <p>Threads: everything for one connection runs on its session's event loop; settings and inbounds are immutable.
 */
@NullMarked
package io.hopline.connect;

import org.jspecify.annotations.NullMarked;
