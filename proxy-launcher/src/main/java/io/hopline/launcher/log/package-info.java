/**
 * The access log: one line for each tunnel, each forwarded request, and each client that never got so far.
 *
 * <p>Threads: called on the sessions' event loops; keeps no state.
 */
@NullMarked
package io.hopline.launcher.log;

import org.jspecify.annotations.NullMarked;
