/**
 * Benchmarks. Those named for what a client does go over sockets, through a server with one event loop, and have a twin without the
 * server: what lies between the two is ours. The others have no sockets at all, so that nothing but our own work is in them.
 */
@NullMarked
package io.hopline.bench;

import org.jspecify.annotations.NullMarked;
