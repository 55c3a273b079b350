package io.hopline.launcher.log;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.Reporter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Decides how the program logs; who embeds Hopline decides that without it. */
public final class Logging {

    private static final List<String> LOGBACK = List.of("ch.qos.logback.classic.spi.LogbackServiceProvider");

    private Logging() {}

    /**
     * Has SLF4J take {@link StandardLogback}, unless an operator has said otherwise: by another logger on the class path, by what logback
     * looks for there, or by a property. Before there is any logger.
     */
    public static void prepare() {
        boolean configured =
                Stream.of(LoggerFactory.PROVIDER_PROPERTY_KEY, "logback.configurationFile", "logback.scmoFile")
                                .anyMatch(key -> System.getProperty(key) != null)
                        || Stream.of(
                                        "logback.xml",
                                        "logback-test.xml",
                                        "META-INF/services/ch.qos.logback.classic.spi.Configurator")
                                .anyMatch(file -> ClassLoader.getSystemResource(file) != null);
        if (!configured && providers().equals(LOGBACK)) {
            System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, StandardLogback.class.getName());
            // It would tell on standard error what it was told.
            System.getProperties().putIfAbsent(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "WARN");
        }
    }

    private static List<String> providers() {
        return ServiceLoader.load(SLF4JServiceProvider.class).stream()
                .map(provider -> provider.type().getName())
                .toList();
    }
}
