/** What TLS and the PROXY protocol do, over real sockets. */
@NullMarked
package io.hopline.api.transport;

import org.jspecify.annotations.NullMarked;
