package io.hopline.http2.session;

import java.io.IOException;

/** A server has refused a stream before it did anything, and it can't be sent again from here. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String how) {
        super(how);
    }
}
