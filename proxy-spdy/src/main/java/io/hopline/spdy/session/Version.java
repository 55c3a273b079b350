package io.hopline.spdy.session;

import java.util.Arrays;

/** A version of SPDY; both have the same frames, so only ALPN or the config tells which one is spoken. */
public enum Version {
    /** Flow control for each stream. */
    V3("3"),
    /** As 3, and flow control for the whole session. */
    V3_1("3.1");

    private final String text;

    Version(String text) {
        this.text = text;
    }

    /** The version as the config has it: {@code 3} or {@code 3.1}. */
    public String text() {
        return text;
    }

    /** The ALPN token: {@code spdy/3} or {@code spdy/3.1}. */
    public String alpn() {
        return "spdy/" + text;
    }

    boolean hasSessionWindow() {
        return this == V3_1;
    }

    /** @throws IllegalArgumentException if there is no such version */
    public static Version parse(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is neither"));
    }
}
