/** The contract suite's dialogue where the protocol is SOCKS 5, for whatever inbounds speak it. */
@NullMarked
package io.hopline.testkit.socks5;

import org.jspecify.annotations.NullMarked;
