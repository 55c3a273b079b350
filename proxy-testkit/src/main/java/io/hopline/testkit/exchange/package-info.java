/** The least of inbounds that serve HTTP exchanges, for tests of what frames those. */
@NullMarked
package io.hopline.testkit.exchange;

import org.jspecify.annotations.NullMarked;
