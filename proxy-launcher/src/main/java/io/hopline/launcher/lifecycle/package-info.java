/**
 * What runs: event loops, listeners and live sessions, and how they end.
 *
 * <p>Threads: started and stopped from any thread but an event loop; sessions run on the loops.
 */
@NullMarked
package io.hopline.launcher.lifecycle;

import org.jspecify.annotations.NullMarked;
