@NullMarked
package io.hopline.http;

import org.jspecify.annotations.NullMarked;
