package io.hopline.http2.message;

/** A header section that breaks the rules of RFC 9113 section 8: its stream is reset by PROTOCOL_ERROR. */
public final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param text without what the peer sent, which may hold a secret */
    MalformedException(String text) {
        super(text, null, false, false);
    }
}
