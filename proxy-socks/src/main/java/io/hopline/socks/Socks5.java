package io.hopline.socks;

/** The numbers of RFC 1928 (sections 3 and 4) and of RFC 1929 (section 2). */
final class Socks5 {

    static final int VERSION = 5;
    static final int RESERVED = 0;

    /** Methods. */
    static final int NO_AUTHENTICATION = 0;

    static final int USER_PASSWORD = 2;
    static final int NO_ACCEPTABLE_METHOD = 0xFF;

    /** The user/password negotiation has a version of its own, and a status of which 0 alone is success. */
    static final int USER_PASSWORD_VERSION = 1;

    static final int STATUS_SUCCESS = 0;
    static final int STATUS_FAILURE = 1;

    /** Any other is a failure, too; this is ours for a password that nobody has looked at. */
    static final int STATUS_TOO_BUSY = 2;

    /** The most bytes that a user's name or a password may have; the least is 1. */
    static final int USER_PASSWORD_MAX = 255;

    private Socks5() {}
}
