/** The types that proxy-api brings along, under the suites, which its own tests can't see. */
@NullMarked
package io.hopline.testkit.builtin;

import org.jspecify.annotations.NullMarked;
