package io.hopline.testkit.builtin;

import io.hopline.api.transport.Transport;
import io.hopline.testkit.Over;

@Over(Transport.IO_URING)
final class DirectOutboundOverIoUringTest extends DirectOutboundTest {}
