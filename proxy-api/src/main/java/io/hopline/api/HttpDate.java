package io.hopline.api;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** The time as HTTP's Date field tells it (IMF-fixdate, RFC 9110 section 5.6.7), put together once a second for all event loops. */
public final class HttpDate {
    private static final long SECOND = 1_000;

    private static volatile Written last = new Written(-1, "");

    private HttpDate() {}

    /** The time now, to the second. */
    public static String now() {
        return of(System.currentTimeMillis());
    }

    static String of(long millis) {
        long second = millis / SECOND;
        Written written = last;
        if (written.second != second) {
            written = new Written(second, written(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC)));
            last = written;
        }
        return written.text;
    }

    /** The formatters of Java and of Netty load calendars and locales first, and the first response waits for them. */
    private static String written(LocalDateTime at) {
        StringBuilder text = new StringBuilder("Sun, 06 Nov 1994 08:49:37 GMT".length());
        text.append(word(at.getDayOfWeek())).append(", ");
        two(at.getDayOfMonth(), text).append(' ').append(word(at.getMonth()));
        text.append(' ').append(at.getYear()).append(' ');
        two(at.getHour(), text).append(':');
        two(at.getMinute(), text).append(':');
        return two(at.getSecond(), text).append(" GMT").toString();
    }

    private static String word(Enum<?> name) {
        return name.name().charAt(0) + name.name().substring(1, 3).toLowerCase(Locale.ROOT);
    }

    private static StringBuilder two(int number, StringBuilder text) {
        return (number < 10 ? text.append('0') : text).append(number);
    }

    private record Written(long second, String text) {}
}
