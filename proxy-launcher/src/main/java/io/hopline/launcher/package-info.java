/** Turns one config file into running listeners and chains. */
@NullMarked
package io.hopline.launcher;

import org.jspecify.annotations.NullMarked;
