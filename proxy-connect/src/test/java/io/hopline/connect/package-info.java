@NullMarked
package io.hopline.connect;

import org.jspecify.annotations.NullMarked;
