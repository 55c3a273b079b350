package io.hopline.launcher.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code hopline prepare}: makes of the jars on the class path what a Java runtime is sooner done with. */
@Command(name = "prepare", hidden = true, description = "Joins and unpacks the jars; bin/hopline archive runs it.")
final class PrepareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "JAR", description = "Where the jar of all jars is written to.")
    private Path joined;

    @Parameters(
            index = "1",
            paramLabel = "FOLDER",
            description = "Where the libraries in machine code are unpacked to.")
    private Path natives;

    @Override
    public Integer call() throws IOException {
        List<Path> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList();
        JoinedJar.write(jars, joined);
        NativeLibraries.unpack(jars, natives);
        return ExitCode.OK;
    }
}
