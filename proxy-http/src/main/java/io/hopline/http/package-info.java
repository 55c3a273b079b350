/**
 * Plain HTTP forwarding, in and out.
 *
 * <p>A {@link io.hopline.http.ForwardHandler} serves a client and makes a {@link io.hopline.http.Forward} of each request, which an
 * {@link io.hopline.http.Upstream} carries. The sub-package {@code client} speaks HTTP/1.1 to origins and proxies; how it is
 * served, and what becomes of a CONNECT, is proxy-connect's.
 *
 * <p>Threads: everything for one client runs on its session's event loop; settings and inbounds are immutable.
 */
@NullMarked
package io.hopline.http;

import org.jspecify.annotations.NullMarked;
