/** Fails a JUnit run in which a Netty buffer or another counted resource was lost. */
@NullMarked
package io.hopline.leakcheck;

import org.jspecify.annotations.NullMarked;
