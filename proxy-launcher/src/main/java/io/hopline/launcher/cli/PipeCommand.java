package io.hopline.launcher.cli;

import io.hopline.api.HostPort;
import io.hopline.launcher.Dialer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hopline pipe}: standard input and output through a chain, for {@code ssh -o ProxyCommand}. */
@Command(
        name = "pipe",
        description = "Joins standard input and output to a target through a chain, as ssh's ProxyCommand wants it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PipeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ChainOptions options;

    @Parameters(index = "0", paramLabel = "HOST", description = "The target's name or address.")
    private String host;

    @Parameters(index = "1", paramLabel = "PORT", description = "The target's port.")
    private String port;

    @Override
    public Integer call() {
        HostPort target = target();
        ChainOptions.Chosen chosen = options.read();
        try (Dialer dialer = Dialer.open(chosen.config())) {
            Future<Channel> dialed = dialer.dial(chosen.chain(), target).awaitUninterruptibly();
            if (!dialed.isSuccess()) {
                return failed(String.valueOf(dialed.cause().getMessage()));
            }
            Stdio.join(
                            dialed.getNow(),
                            new FileInputStream(FileDescriptor.in),
                            new FileOutputStream(FileDescriptor.out))
                    .join();
            return ExitCode.OK;
        } catch (CompletionException broken) {
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            return failed(target + ": " + cause.getMessage());
        }
    }

    private HostPort target() {
        try {
            return new HostPort(host, number()).reachable();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), host + " " + port + ": " + e.getMessage(), e);
        }
    }

    private int number() {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a port from 1 to 65535", e);
        }
    }

    private int failed(String why) {
        spec.commandLine().getErr().println("hopline: " + why);
        return ExitCode.SOFTWARE;
    }
}
