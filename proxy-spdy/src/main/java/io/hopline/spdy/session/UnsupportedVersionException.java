package io.hopline.spdy.session;

import java.io.IOException;

/** The peer's first frame is of another version of SPDY. */
final class UnsupportedVersionException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int version;

    UnsupportedVersionException(int version) {
        super("the peer speaks SPDY/" + version + ", and only 3 and 3.1 are spoken here");
        this.version = version;
    }

    int version() {
        return version;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
