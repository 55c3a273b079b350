package io.hopline.http2.session;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;

/**
 * Unpacks header sections of a session that many clients share: one that is too large is the end of its stream, for it may come from a
 * server that one client has chosen, and of the session only if it is larger by far.
 */
final class SharedHeaders extends DefaultHttp2HeadersDecoder {

    /** Packed bytes that are read beyond what is taken, since the table that they change is the session's (RFC 9113 section 4.3). */
    private static final int SPARE = 1 << 20;

    /** @param max bytes of a header section, counted as RFC 9113 section 6.5.2 does */
    SharedHeaders(int max) {
        super(true, max);
    }

    @Override
    public long maxHeaderListSizeGoAway() {
        return maxHeaderListSize() + SPARE;
    }
}
