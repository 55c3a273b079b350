package io.hopline.api.guard;

import java.util.ArrayList;
import java.util.List;

/** Ports of a rule: {@code 443}, {@code 8000-8999}, or several of those with commas between them. */
record Ports(List<Range> ranges) {

    static final Ports ALL = new Ports(List.of(new Range(0, 0xFFFF)));

    Ports {
        ranges = List.copyOf(ranges);
    }

    /** @throws IllegalArgumentException if the text is anything else */
    static Ports parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = port(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : port(part.substring(dash + 1));
            if (last < first) {
                throw new IllegalArgumentException("the ports \"" + part + "\" end before they begin");
            }
            ranges.add(new Range(first, last));
        }
        return new Ports(ranges);
    }

    boolean contain(int port) {
        for (Range range : ranges) {
            if (port >= range.first && port <= range.last) {
                return true;
            }
        }
        return false;
    }

    private static int port(String digits) {
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("\"" + digits + "\" is no port");
        }
        return port;
    }

    /** Both ends included. */
    record Range(int first, int last) {}
}
