/** Tests of how HTTP/1.1 is read and written as a server. */
@NullMarked
package io.hopline.connect.http1;

import org.jspecify.annotations.NullMarked;
