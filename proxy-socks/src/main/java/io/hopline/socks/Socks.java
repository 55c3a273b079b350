package io.hopline.socks;

/** What all versions share. */
final class Socks {

    static final int DEFAULT_PORT = 1080;
    static final String HANDSHAKE_TIMEOUT = "handshake-timeout";

    /** Commands; SOCKS4 has but the first two. */
    static final int CONNECT = 1;

    static final int BIND = 2;
    static final int UDP_ASSOCIATE = 3;

    static final String BIND_NOT_SERVED = "client asks for BIND, and bind = true is not set";

    private Socks() {}

    /** Whether it is 0.0.0.0 or ::, which stand for everybody, or for whoever says so. */
    static boolean isAnybody(byte[] address) {
        for (byte one : address) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
