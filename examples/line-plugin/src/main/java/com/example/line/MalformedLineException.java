package com.example.line;

/** Bytes that are no line of the protocol. */
final class MalformedLineException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedLineException(String what) {
        super(what);
    }
}
