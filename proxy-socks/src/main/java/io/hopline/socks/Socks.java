package io.hopline.socks;

/** What all versions share. */
final class Socks {

    static final int DEFAULT_PORT = 1080;
    static final String HANDSHAKE_TIMEOUT = "handshake-timeout";

    private Socks() {}
}
