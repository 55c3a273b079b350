/** Contract suites that every inbound and outbound passes. */
@NullMarked
package io.hopline.testkit;

import org.jspecify.annotations.NullMarked;
