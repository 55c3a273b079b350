/** Plain HTTP forwarding, in and out. */
@NullMarked
package io.hopline.http;

import org.jspecify.annotations.NullMarked;
