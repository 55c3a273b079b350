/**
 * Finds the protocols: every {@link io.hopline.api.ProtocolModule} on the class path, wired by Guice into plain maps.
 *
 * <p>Threads: runs once, at start; what comes out is immutable.
 */
@NullMarked
package io.hopline.launcher.plugins;

import org.jspecify.annotations.NullMarked;
