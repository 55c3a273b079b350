/**
 * HTTP/1.1 as a server reads it: strict decoding, one request at a time, responses framed for the client's version, timeouts for
 * slow heads and silence, and closing without losing the last response.
 *
 * <p>Threads: everything for one connection runs on its channel's event loop.
 */
@NullMarked
package io.hopline.connect.http1;

import org.jspecify.annotations.NullMarked;
