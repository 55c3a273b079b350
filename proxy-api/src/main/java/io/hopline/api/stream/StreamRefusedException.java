package io.hopline.api.stream;

import java.io.IOException;

/** A peer has done nothing for a stream, and it can't be sent again from here; has no stack trace, since it reports on the network. */
public final class StreamRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    StreamRefusedException(String how) {
        super(how);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
