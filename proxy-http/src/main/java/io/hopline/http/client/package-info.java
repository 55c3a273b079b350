/**
 * HTTP/1.1 as a client speaks it, to origins and to proxies: requests framed for the connection, responses checked before anybody
 * sees them, connections closed that can't be used again.
 *
 * <p>Threads: everything for one connection runs on its channel's event loop.
 */
@NullMarked
package io.hopline.http.client;

import org.jspecify.annotations.NullMarked;
