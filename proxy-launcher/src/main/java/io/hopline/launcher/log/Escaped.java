package io.hopline.launcher.log;

/** Text that may come from anybody, made safe for a line of {@code key=value} pairs. */
final class Escaped {

    private Escaped() {}

    static void append(StringBuilder line, String value) {
        if (value.isEmpty()) {
            line.append('-');
        } else if (isPlain(value)) {
            line.append(value);
        } else {
            quoted(line, value);
        }
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\' || c == '=') {
                return false;
            }
        }
        return !value.equals("-");
    }

    private static void quoted(StringBuilder line, String value) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
