@NullMarked
package io.hopline.api.guard;

import org.jspecify.annotations.NullMarked;
