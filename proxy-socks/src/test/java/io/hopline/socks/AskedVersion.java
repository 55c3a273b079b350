package io.hopline.socks;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;

/** One version's words about a peer that is awaited. */
enum AskedVersion {
    SOCKS4("", "00 5a 1234 0a000005", "00 5a 0015 c0000201"),
    SOCKS5("05 00", "05 00 00 01 0a000005 1234", "05 00 00 01 c0000201 0015");

    final String greeted;
    final String listens;
    final String connected;

    AskedVersion(String greeted, String listens, String connected) {
        this.greeted = greeted;
        this.listens = listens;
        this.connected = connected;
    }

    /** At 10.0.0.5:1080. */
    Hop hop() {
        return this == SOCKS4
                ? Socks4Hop.to(HostPort.parse("10.0.0.5:1080"))
                : Socks5Hop.to(HostPort.parse("10.0.0.5:1080"));
    }
}
