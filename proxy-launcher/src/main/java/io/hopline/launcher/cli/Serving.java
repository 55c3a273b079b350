package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import io.hopline.launcher.Hopline;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.log.BatchedOutput;
import io.hopline.launcher.plugins.Plugins;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** Serves what a config says. */
final class Serving {

    private static final String WITHOUT_FILE =
            "hopline.inbounds = [ { name = local, type = mixed, listen = \"127.0.0.1:1080\" } ]";

    private static final int LONGEST_END_SECONDS = 3;

    private Serving() {}

    /**
     * Returns when all is released. Standard output is told what is served; that goes on where nobody can be told.
     *
     * @param file the config; null for HTTP and SOCKS on 127.0.0.1:1080
     */
    static void untilSignalled(@Nullable Path file) {
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        during(file, out, (server, signals) -> {
            signals.await();
            out.println("stopping; a second signal ends it at once");
            out.flush();
        });
    }

    /**
     * The same, as long as something else takes.
     *
     * @param out is told what is served
     */
    static void during(@Nullable Path file, PrintWriter out, BiConsumer<Hopline, Signals> something) {
        BatchedOutput log = BatchedOutput.ofStandardError();
        try {
            Signals signals = Signals.caught();
            Plugins plugins = Plugins.load();
            HoplineConfig config = file == null
                    ? HoplineConfig.of(ConfigFactory.parseString(WITHOUT_FILE), plugins)
                    : read(file, plugins);
            try (Hopline server = Hopline.start(config)) {
                signals.onSecond(() -> endAtOnce(server));
                Summary.print(config, server, out);
                something.accept(server, signals);
            }
        } finally {
            log.close();
        }
    }

    private static void endAtOnce(Hopline server) {
        // Whatever may hold up the other end of this, such as a standard output that nobody reads.
        CompletableFuture.delayedExecutor(LONGEST_END_SECONDS, TimeUnit.SECONDS, Runnable::run)
                .execute(() -> Runtime.getRuntime().halt(ExitCode.SOFTWARE));
        server.shutdownNow();
    }

    /** Reads a config that is to be served. */
    static HoplineConfig read(Path file, Plugins plugins) {
        HoplineConfig config = HoplineConfig.load(file, plugins);
        config.requireInbound(file.toString());
        return config;
    }
}
