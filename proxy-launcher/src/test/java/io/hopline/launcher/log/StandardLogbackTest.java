package io.hopline.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.status.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardLogbackTest {

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
                        lines.add(((PatternLayoutEncoder) console.getEncoder()).getPattern());
                    });
                    lines.add(line.toString());
                });
        return lines;
    }
}
