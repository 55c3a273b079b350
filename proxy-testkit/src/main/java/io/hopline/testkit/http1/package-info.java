/** The contract suites' dialogue where the protocol is CONNECT over HTTP/1.1, for whatever inbounds and outbounds speak it. */
@NullMarked
package io.hopline.testkit.http1;

import org.jspecify.annotations.NullMarked;
