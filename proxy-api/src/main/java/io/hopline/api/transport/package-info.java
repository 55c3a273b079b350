/**
 * What lies beneath the protocols: TCP channels and how they end, the layers TLS and the PROXY protocol, and how a hop's server is
 * reached through them.
 *
 * <p>Threads: everything for one channel runs on that channel's event loop.
 */
@NullMarked
package io.hopline.api.transport;

import org.jspecify.annotations.NullMarked;
