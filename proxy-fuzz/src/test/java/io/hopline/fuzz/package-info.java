/**
 * What any bytes from either side may do to each protocol. Each target plays one side of a protocol with the bytes that it is handed:
 * in an ordinary test run those of its corpus, and with {@code JAZZER_FUZZ=1} those that Jazzer makes up, guided by the coverage.
 *
 * <p>Nothing here has threads, sockets or a clock: channels are embedded ones that are read only when they ask for it, all in a {@link
 * io.hopline.fuzz.World} of one input, which fails if a buffer is lost or held without bound, an exception reaches nobody, a connection
 * outlives who it was for, or its loop never comes to rest.
 */
@NullMarked
package io.hopline.fuzz;

import org.jspecify.annotations.NullMarked;
