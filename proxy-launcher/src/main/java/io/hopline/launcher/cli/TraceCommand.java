package io.hopline.launcher.cli;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import io.hopline.launcher.Dialer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hopline trace}: opens a chain and tells each step of each hop, or where it breaks. */
@Command(
        name = "trace",
        description = "Opens a chain to a target, prints each step of each hop with its time, and closes it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TraceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ChainOptions options;

    @Parameters(
            paramLabel = "HOST:PORT",
            converter = TargetConverter.class,
            description = "The target; no byte is sent to it.")
    private HostPort target;

    @Override
    public Integer call() {
        ChainOptions.Chosen chosen = options.read();
        PrintWriter out = spec.commandLine().getOut();
        TracePrinter printer = new TracePrinter(out);
        out.println(chosen.chain() + " -> " + target);
        try (Dialer dialer = Dialer.open(chosen.config())) {
            long start = System.nanoTime();
            Future<Channel> dialed =
                    dialer.dial(chosen.chain(), target, printer).awaitUninterruptibly();
            if (!dialed.isSuccess()) {
                printer.failed(DialException.from(dialed.cause(), HopRef.TARGET, Step.CONNECT));
                return ExitCode.SOFTWARE;
            }
            printer.open(target, System.nanoTime() - start);
            dialed.getNow().writeAndFlush(Abort.INSTANCE).awaitUninterruptibly();
            return ExitCode.OK;
        }
    }
}
