/** What a protocol implements and what it is handed. */
@NullMarked
package io.hopline.api;

import org.jspecify.annotations.NullMarked;
