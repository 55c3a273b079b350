package io.hopline.launcher.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of {@code key=value} pairs in the making, all of it printable ASCII; its bytes serve one line after another. For one thread.
 *
 * <p>A value with anything but printable ASCII, or with a space, a quote, a backslash or an equals sign, stands in double quotes
 * with backslash escapes; an empty one is a dash.
 */
final class Line {

    private static final String HEX = "0123456789abcdef";

    private static final int MOST_DIGITS = 19;

    private byte[] bytes = new byte[256];
    private int size;

    /** Begins anew. */
    Line clear() {
        size = 0;
        return this;
    }

    /** Adds what is known to be printable ASCII, as it is. */
    @SuppressWarnings("deprecation") // Right for ASCII, and the one way that makes no array.
    Line literal(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
        return this;
    }

    /** The same for one character. */
    Line literal(char c) {
        room(1);
        bytes[size++] = (byte) c;
        return this;
    }

    /** Adds a number that is not negative. */
    Line number(long value) {
        room(MOST_DIGITS);
        int at = size + 1;
        for (long least = 10; value >= least && at < size + MOST_DIGITS; least *= 10) {
            at++;
        }
        size = at;
        byte[] to = bytes;
        long rest = value;
        do {
            to[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        return this;
    }

    /** Adds text that may come from anybody. */
    Line value(String text) {
        if (text.isEmpty()) {
            return literal('-');
        }
        return plain(text) ? this : quoted(text);
    }

    /** Adds text that needs no quotes; nothing of any other. */
    private boolean plain(String text) {
        room(text.length());
        byte[] to = bytes;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\' || c == '=') {
                return false;
            }
            to[size + i] = (byte) c;
        }
        if (text.equals("-")) {
            return false;
        }
        size += text.length();
        return true;
    }

    private Line quoted(String text) {
        literal('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                escaped(c);
            } else if (c == '"' || c == '\\') {
                literal('\\').literal(c);
            } else {
                literal(c);
            }
        }
        return literal('"');
    }

    private void escaped(char c) {
        literal("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            literal(HEX.charAt((c >> shift) & 0xF));
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    }
}
