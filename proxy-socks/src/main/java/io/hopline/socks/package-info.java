/** SOCKS 4, 4a and 5, in and out. */
@NullMarked
package io.hopline.socks;

import org.jspecify.annotations.NullMarked;
