/**
 * The access log: one line for each tunnel, each forwarded request, and each client that never got so far; what makes its lines cheap to write, and
 * where all that is logged goes.
 *
 * <p>Threads: the log itself is called on the sessions' event loops, each of which has a line of its own to write; {@link
 * io.hopline.launcher.log.BatchedOutput} is for any thread and has one of its own.
 */
@NullMarked
package io.hopline.launcher.log;

import org.jspecify.annotations.NullMarked;
