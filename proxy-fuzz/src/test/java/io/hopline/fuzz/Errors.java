package io.hopline.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What the log has of exceptions that were caught because nobody was there to catch them. */
final class Errors {

    private static final Recorder RECORDER = new Recorder();

    private Errors() {}

    /** From now on. */
    static Errors watch() {
        RECORDER.found.clear();
        return new Errors();
    }

    /** @throws AssertionError if there is any */
    void check() {
        String first = RECORDER.found.poll();
        if (first != null) {
            throw new AssertionError("an exception was only logged: " + first);
        }
    }

    /** Hears warnings of Netty, which are about handlers and listeners that throw, and errors of ours. */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final Queue<String> found = new ConcurrentLinkedQueue<>();

        Recorder() {
            start();
            ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            boolean netty = event.getLoggerName().startsWith("io.netty.");
            if (event.getLevel().isGreaterOrEqual(netty ? Level.WARN : Level.ERROR)) {
                found.add(event.getFormattedMessage() + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }
}
