package io.hopline.launcher.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A line of the log as the pattern in {@code conf/logback-example.xml} has it, without what every start would take to make a layout of
 * a pattern.
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {

    private static final int LEVEL_WIDTH = 5;

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(128);
        time(event.getTimeStamp(), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())));
        String logger = event.getLoggerName();
        line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
        line.append(" - ").append(event.getFormattedMessage()).append(CoreConstants.LINE_SEPARATOR);
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(ThrowableProxyUtil.asString(thrown));
        }
        return line.toString();
    }

    private static void time(long epochMillis, StringBuilder line) {
        ZonedDateTime at = Instant.ofEpochMilli(epochMillis).atZone(ZoneId.systemDefault());
        line.append(at.toLocalDate());
        padded('T', at.getHour(), 2, line);
        padded(':', at.getMinute(), 2, line);
        padded(':', at.getSecond(), 2, line);
        padded('.', (int) Math.floorMod(epochMillis, 1_000L), 3, line);
        line.append(at.getOffset());
    }

    private static void padded(char before, int number, int digits, StringBuilder line) {
        String text = Integer.toString(number);
        line.append(before).append("0".repeat(digits - text.length())).append(text);
    }
}
