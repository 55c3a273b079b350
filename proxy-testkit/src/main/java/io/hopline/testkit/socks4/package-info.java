/** The contract suite's dialogue where the protocol is SOCKS 4, for whatever inbounds speak it. */
@NullMarked
package io.hopline.testkit.socks4;

import org.jspecify.annotations.NullMarked;
