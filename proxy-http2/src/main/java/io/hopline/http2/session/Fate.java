package io.hopline.http2.session;

/** Hears what becomes of a stream that this side has begun; each at most once. */
public interface Fate {

    /** The peer has sent its first header section: it has the request now. */
    void answered();

    /**
     * The peer has done nothing for the stream, so that all of it may be sent again elsewhere (RFC 9113 section 8.7). The stream's
     * channel is left as it was.
     */
    void refused(String how);
}
