/** A protocol of the tests, to prove the suites on. */
@NullMarked
package io.hopline.testkit.toy;

import org.jspecify.annotations.NullMarked;
