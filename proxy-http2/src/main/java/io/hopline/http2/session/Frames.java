package io.hopline.http2.session;

import io.hopline.api.stream.Unfinished;

/** The headers of frames (RFC 9113 section 4.1). */
enum Frames implements Unfinished.Framing {
    HTTP2;

    /** Bytes of a client's connection preface (section 3.4), SETTINGS aside. */
    static final int PREFACE = 24;

    private static final int LENGTH = 9;
    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PUSH_PROMISE = 5;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    @Override
    public int headerLength() {
        return LENGTH;
    }

    @Override
    public int length(byte[] header) {
        return ((header[0] & 0xFF) << 16) | ((header[1] & 0xFF) << 8) | (header[2] & 0xFF);
    }

    @Override
    public boolean isData(byte[] header) {
        return header[TYPE_AT] == DATA;
    }

    @Override
    public boolean leavesOpen(byte[] header) {
        return switch (header[TYPE_AT]) {
            case HEADERS, PUSH_PROMISE, CONTINUATION -> (header[FLAGS_AT] & END_HEADERS) == 0;
            default -> false;
        };
    }

    @Override
    public boolean asks(byte[] header) {
        return header[TYPE_AT] == HEADERS || header[TYPE_AT] == CONTINUATION;
    }
}
