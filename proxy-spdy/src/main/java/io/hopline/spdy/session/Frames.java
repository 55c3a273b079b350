package io.hopline.spdy.session;

import io.hopline.api.stream.Unfinished;

/** The headers of frames (SPDY/3 section 2.2). */
enum Frames implements Unfinished.Framing {
    SPDY;

    private static final int LENGTH = 8;
    private static final int CONTROL = 0x80;
    private static final int SYN_STREAM = 1;

    @Override
    public int headerLength() {
        return LENGTH;
    }

    @Override
    public int length(byte[] header) {
        return ((header[5] & 0xFF) << 16) | ((header[6] & 0xFF) << 8) | (header[7] & 0xFF);
    }

    @Override
    public boolean isData(byte[] header) {
        return (header[0] & CONTROL) == 0;
    }

    @Override
    public boolean leavesOpen(byte[] header) {
        return false;
    }

    @Override
    public boolean asks(byte[] header) {
        return !isData(header) && header[2] == 0 && header[3] == SYN_STREAM;
    }
}
