package io.hopline.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandardLogbackTest {

    private static final LoggerContext SAYING = new LoggerContext();

    private static final List<LoggingEvent> EVENTS = List.of(
            event("io.hopline.Front", Level.INFO, "1970-01-01T00:00:00Z", "{} of {}", null, 1, 2),
            event("Front", Level.WARN, "2026-07-09T03:04:05.006Z", "déjà vu", null),
            event("a.b.Front", Level.DEBUG, "1969-12-31T23:59:59.999Z", "", null),
            event("a.b.Front", Level.ERROR, "2026-12-31T23:59:59.999Z", "no hop", failure()));

    @Test
    void saysWhatTheExampleSays() throws Exception {
        LoggerContext example = new LoggerContext();
        JoranConfigurator xml = new JoranConfigurator();
        xml.setContext(example);
        xml.doConfigure("src/dist/conf/logback-example.xml");

        StandardLogback standard = new StandardLogback();
        standard.initialize();
        LoggerContext java = (LoggerContext) standard.getLoggerFactory();

        assertThat(description(java))
                .isEqualTo(description(example))
                .anyMatch(line -> line.contains(" ERROR Front - no hop\n") && line.contains("\nCaused by: "))
                .contains("ROOT INFO stderr System.err")
                .contains("io.netty WARN");
        assertThat(java.getStatusManager().getCopyOfStatusList()).allMatch(status -> status.getLevel() < Status.WARN);
    }

    private static List<String> description(LoggerContext context) {
        List<String> lines = new ArrayList<>();
        context.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null)
                .forEach(logger -> {
                    StringBuilder line = new StringBuilder(logger.getName() + ' ' + logger.getLevel());
                    logger.iteratorForAppenders().forEachRemaining(appender -> {
                        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) appender;
                        assertThat(console.isStarted()).isTrue();
                        line.append(' ').append(console.getName()).append(' ').append(console.getTarget());
                        EVENTS.forEach(event ->
                                lines.add(new String(console.getEncoder().encode(event), StandardCharsets.UTF_8)));
                    });
                    lines.add(line.toString());
                });
        return lines;
    }

    private static LoggingEvent event(
            String logger, Level level, String time, String message, @Nullable Throwable thrown, Object... arguments) {
        LoggingEvent event = new LoggingEvent("", SAYING.getLogger(logger), level, message, thrown, arguments);
        event.setInstant(Instant.parse(time));
        return event;
    }

    private static Throwable failure() {
        Throwable failure = new IllegalStateException("outer", new IOException("inner"));
        failure.addSuppressed(new IOException("beside"));
        return failure;
    }
}
