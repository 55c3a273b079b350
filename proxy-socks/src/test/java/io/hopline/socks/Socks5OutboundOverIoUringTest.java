package io.hopline.socks;

import io.hopline.api.transport.Transport;
import io.hopline.testkit.Over;

@Over(Transport.IO_URING)
final class Socks5OutboundOverIoUringTest extends Socks5OutboundTest {}
