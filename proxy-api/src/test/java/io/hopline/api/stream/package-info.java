/** Streams as channels. */
@NullMarked
package io.hopline.api.stream;

import org.jspecify.annotations.NullMarked;
