package io.hopline.launcher.cli;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.settings.DidYouMean;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which chain a command goes through: URLs, or a name in a config. */
final class ChainOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    /** One way or the other. */
    static final class Choice {
        @Option(
                names = "--chain",
                paramLabel = "URLS",
                description = {
                    "The chain, nearest hop first, as URLs with commas between them, such as",
                    "\"https+connect://user:password@proxy.example:443, socks5://10.0.0.5:1080\"."
                })
        private @Nullable String urls;

        @ArgGroup(exclusive = false)
        private @Nullable Named named;
    }

    /** A chain of a config. */
    static final class Named {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                required = true,
                description = "The config that has the chain.")
        private Path file;

        @Option(names = "--outbound", paramLabel = "NAME", required = true, description = "The chain's name there.")
        private String outbound;
    }

    /** The chain that was asked for, with what it is dialed by. */
    record Chosen(HoplineConfig config, Chain chain) {}

    /**
     * Reads the chain.
     *
     * @throws io.hopline.api.settings.InvalidSettingsException with everything that is wrong with it
     */
    Chosen read() {
        Plugins plugins = Plugins.load();
        if (choice.named == null) {
            Chain chain = HoplineConfig.chain(String.valueOf(choice.urls), plugins);
            return new Chosen(HoplineConfig.of(ConfigFactory.empty(), plugins), chain);
        }
        HoplineConfig config = HoplineConfig.load(choice.named.file, plugins);
        Chain chain = HoplineConfig.reserved().contains(choice.named.outbound)
                ? HoplineConfig.chain(choice.named.outbound, plugins)
                : config.outbounds().get(choice.named.outbound);
        if (chain == null) {
            Set<String> known = new TreeSet<>(HoplineConfig.reserved());
            known.addAll(config.outbounds().keySet());
            throw new ParameterException(
                    spec.commandLine(),
                    choice.named.file + " has no outbound \"" + choice.named.outbound + "\"; "
                            + DidYouMean.hint(choice.named.outbound, known));
        }
        return new Chosen(config, chain);
    }
}
