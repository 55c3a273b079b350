/**
 * Fails a JUnit run in which a Netty buffer, or another resource that Netty counts, was lost.
 *
 * <p>{@link io.hopline.leakcheck.LeakCheck} is the JUnit extension; behind it stands a recorder for the whole JVM, which any
 * thread may report to. Test classes are expected to run one after the other: run side by side, a leak is still found but
 * may be laid at the door of another class.
 */
@NullMarked
package io.hopline.leakcheck;

import org.jspecify.annotations.NullMarked;
