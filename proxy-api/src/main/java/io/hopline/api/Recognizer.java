package io.hopline.api;

import io.netty.buffer.ByteBuf;

/** Tells a protocol by the first bytes that a client sends. */
@FunctionalInterface
public interface Recognizer {

    /** What the bytes so far say. */
    enum Match {
        YES,
        NO,
        /** Too few bytes to tell; the most a recognizer may ask for is 24 (HTTP/2's preface, RFC 9113 section 3.4). */
        MORE
    }

    /**
     * Whether nobody but clients of its protocol begins as it knows them to, even where others take such bytes for theirs: then it is
     * asked before those.
     */
    default boolean isCertain() {
        return false;
    }

    /** Looks at the readable bytes (at least one) without moving the reader index. */
    Match match(ByteBuf first);
}
