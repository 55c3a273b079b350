package io.hopline.spdy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** Holds a body to the Content-Length that was told, if one was (RFC 9110 section 8.6). */
final class BodyLength {

    private static final long UNKNOWN = -1;
    private static final int MOST_DIGITS = 18;

    private final long told;
    private long come;

    private BodyLength(long told) {
        this.told = told;
    }

    /** No length is told, or it is not the body's. */
    static BodyLength any() {
        return new BodyLength(UNKNOWN);
    }

    /** @throws MalformedException if the field's value is no length */
    static BodyLength of(HttpHeaders headers) throws MalformedException {
        List<String> values = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (values.isEmpty()) {
            return any();
        }
        String value = values.get(0);
        boolean number = value.length() <= MOST_DIGITS
                && !value.isEmpty()
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (values.size() > 1 || !number) {
            throw new MalformedException("content-length is not one number");
        }
        return new BodyLength(Long.parseLong(value));
    }

    boolean isKnown() {
        return told != UNKNOWN;
    }

    /** Counts bytes; no if there are more than was told. */
    boolean takes(int bytes) {
        come += bytes;
        return told == UNKNOWN || come <= told;
    }

    /** Whether the body may end here. */
    boolean isComplete() {
        return told == UNKNOWN || come == told;
    }
}
