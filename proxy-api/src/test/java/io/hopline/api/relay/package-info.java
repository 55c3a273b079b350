/** What a tunnel keeps; its channels are on one event loop, the tests' ends on threads of their own. */
@NullMarked
package io.hopline.api.relay;

import org.jspecify.annotations.NullMarked;
