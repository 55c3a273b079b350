package io.hopline.connect.http1;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names that most fields have, spelled as most programs spell them, so that none is made for each field. */
public final class FieldNames {

    private static final int SLOTS = 256;
    private static final AsciiString[] KNOWN = table(
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Accept-Ranges",
            "Age",
            "Allow",
            "Authorization",
            "Cache-Control",
            "Connection",
            "Content-Encoding",
            "Content-Length",
            "Content-Range",
            "Content-Type",
            "Cookie",
            "Date",
            "ETag",
            "Expect",
            "Expires",
            "Host",
            "If-Modified-Since",
            "If-None-Match",
            "Keep-Alive",
            "Last-Modified",
            "Location",
            "Origin",
            "Pragma",
            "Proxy-Authorization",
            "Proxy-Connection",
            "Range",
            "Referer",
            "Server",
            "Set-Cookie",
            "TE",
            "Transfer-Encoding",
            "Upgrade",
            "User-Agent",
            "Vary",
            "Via",
            "WWW-Authenticate");

    private FieldNames() {}

    /**
     * The name that these bytes are, each of them the same; null if it is none that is known.
     *
     * @param length how many bytes, 0 or more; all of them in the line
     */
    public static @Nullable AsciiString known(byte[] line, int start, int length) {
        if (length == 0) {
            return null;
        }
        int slot = slot(line, start, length);
        for (AsciiString name = KNOWN[slot]; name != null; name = KNOWN[slot]) {
            if (name.length() == length && isSame(name, line, start)) {
                return name;
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    private static boolean isSame(AsciiString name, byte[] line, int start) {
        for (int i = 0; i < name.length(); i++) {
            if (name.byteAt(i) != line[start + i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(byte[] line, int start, int length) {
        return (length * 37 + line[start] * 7 + line[start + length - 1] * 13 + line[start + length / 2]) & (SLOTS - 1);
    }

    private static AsciiString[] table(String... names) {
        AsciiString[] table = new AsciiString[SLOTS];
        for (String name : names) {
            add(table, name);
            add(table, name.toLowerCase(Locale.ROOT));
        }
        return table;
    }

    private static void add(AsciiString[] table, String name) {
        int slot = slot(name.getBytes(StandardCharsets.US_ASCII), 0, name.length());
        while (table[slot] != null) {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = AsciiString.cached(name);
    }
}
