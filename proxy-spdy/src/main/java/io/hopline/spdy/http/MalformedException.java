package io.hopline.spdy.http;

import java.io.IOException;

/** A header block or a body that is no HTTP message; carries no stack trace, since it reports on the network. */
public final class MalformedException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
