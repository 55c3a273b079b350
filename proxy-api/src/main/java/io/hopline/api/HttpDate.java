package io.hopline.api;

import io.netty.handler.codec.DateFormatter;
import java.util.Date;

/** The time as HTTP's Date field tells it (IMF-fixdate, RFC 9110 section 5.6.7), put together once a second for all event loops. */
public final class HttpDate {
    private static final long SECOND = 1_000;

    private static volatile Written last = new Written(-1, "");

    private HttpDate() {}

    /** The time now, to the second. */
    public static String now() {
        return of(System.currentTimeMillis());
    }

    @SuppressWarnings("JavaUtilDate") // Netty's formatter takes nothing else.
    static String of(long millis) {
        long second = millis / SECOND;
        Written written = last;
        if (written.second != second) {
            written = new Written(second, DateFormatter.format(new Date(second * SECOND)));
            last = written;
        }
        return written.text;
    }

    private record Written(long second, String text) {}
}
