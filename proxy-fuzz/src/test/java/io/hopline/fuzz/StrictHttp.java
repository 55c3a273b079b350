package io.hopline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads HTTP/1.1 messages that can be read in one way only (RFC 9112); shares no code with what wrote them. */
final class StrictHttp {

    private static final Pattern REQUEST = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\\S+) HTTP/1\\.1");
    private static final Pattern STATUS =
            Pattern.compile("HTTP/1\\.[01] ([1-9][0-9][0-9]) [\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*)");
    private static final Pattern CHUNK = Pattern.compile("[0-9A-Fa-f]{1,15}");
    /** As many digits as fit into 63 bits; a number that doesn't fit fails where it is read. */
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,19}");

    private static final Set<String> NO_TRAILERS = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");

    private final String text;
    private int at;

    private StrictHttp(byte[] bytes) {
        this.text = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads one request.
     *
     * @return where it ends, or -1 if it is not whole yet
     * @throws AssertionError if it is none, or could be read as another
     */
    static int request(byte[] bytes) {
        StrictHttp reader = new StrictHttp(bytes);
        try {
            reader.request();
            return reader.at;
        } catch (Incomplete e) {
            return -1;
        }
    }

    private void request() {
        String line = line();
        Matcher request = REQUEST.matcher(line);
        check(request.matches(), "request line", line);
        for (char c : request.group(2).toCharArray()) {
            // Clients send UTF-8 as it is, against RFC 3986, and nobody can take it for something else.
            check(c > 0x20 && c != 0x7f, "target", line);
        }
        Map<String, List<String>> fields = fields();
        check(fields.getOrDefault("host", List.of()).size() == 1, "one Host", fields.toString());
        check(!fields.containsKey("proxy-authorization"), "no credentials for proxies", fields.toString());
        body(fields, false);
    }

    /**
     * Reads the final response to a request, and interim ones before it.
     *
     * @param head whether the request was HEAD
     * @param ended whether nothing more comes
     * @return the final response's status, or -1 if it is not whole
     * @throws AssertionError if it is none, could be read as another, or something follows
     */
    static int response(byte[] bytes, boolean head, boolean ended) {
        StrictHttp reader = new StrictHttp(bytes);
        try {
            return reader.response(head, ended);
        } catch (Incomplete e) {
            return -1;
        }
    }

    private int response(boolean head, boolean ended) {
        int status;
        do {
            String line = line();
            Matcher matcher = STATUS.matcher(line);
            check(matcher.matches(), "status line", line);
            status = Integer.parseInt(matcher.group(1));
            Map<String, List<String>> fields = fields();
            if (status == 101) {
                return status;
            }
            boolean bodiless = head || status < 200 || status == 204 || status == 304;
            if (!bodiless) {
                boolean framed = body(fields, true);
                if (!framed && !ended) {
                    throw new Incomplete();
                }
            }
        } while (status < 200);
        check(at == text.length(), "nothing behind a response", text.substring(at));
        return status;
    }

    /** Whether it says where it ends; a response that doesn't is read to the end of all. */
    private boolean body(Map<String, List<String>> fields, boolean response) {
        List<String> lengths = fields.getOrDefault("content-length", List.of());
        List<String> codings = fields.getOrDefault("transfer-encoding", List.of());
        check(lengths.size() + codings.size() <= 1, "one framing", fields.toString());
        if (!codings.isEmpty()) {
            check(codings.get(0).equalsIgnoreCase("chunked"), "chunked", codings.get(0));
            chunks();
            return true;
        }
        if (!lengths.isEmpty()) {
            check(LENGTH.matcher(lengths.get(0)).matches(), "length", lengths.get(0));
            skip(Long.parseLong(lengths.get(0)));
            return true;
        }
        if (response) {
            at = text.length();
        }
        return false;
    }

    private void chunks() {
        while (true) {
            String size = line();
            check(CHUNK.matcher(size).matches(), "chunk size", size);
            long length = Long.parseLong(size, 16);
            if (length == 0) {
                trailers();
                return;
            }
            skip(length);
            String end = line();
            check(end.isEmpty(), "end of chunk", end);
        }
    }

    private void trailers() {
        Set<String> names = new TreeSet<>(fields().keySet());
        names.retainAll(NO_TRAILERS);
        check(names.isEmpty(), "no trailers that are a head's or a connection's", names.toString());
    }

    private Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher field = FIELD.matcher(line);
            check(field.matches(), "field", line);
            fields.computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.group(2).strip());
        }
        return fields;
    }

    private String line() {
        int end = text.indexOf("\r\n", at);
        if (end < 0) {
            throw new Incomplete();
        }
        String line = text.substring(at, end);
        at = end + 2;
        return line;
    }

    private void skip(long bytes) {
        if (bytes > text.length() - at) {
            throw new Incomplete();
        }
        at += (int) bytes;
    }

    private void check(boolean good, String what, String got) {
        if (!good) {
            throw new AssertionError("expected " + what + ", got: " + got + "\nin: " + text);
        }
    }

    private static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Incomplete() {
            super(null, null, false, false);
        }
    }
}
