/**
 * The command line: one class for each command, and what they print.
 *
 * <p>Threads: a command runs on the main thread; what it prints of a dial as it happens comes from the session's event loop.
 */
@NullMarked
package io.hopline.launcher.cli;

import org.jspecify.annotations.NullMarked;
