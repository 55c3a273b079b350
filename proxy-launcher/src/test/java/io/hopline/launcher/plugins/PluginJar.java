package io.hopline.launcher.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.ProtocolModule;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes the jars that somebody puts beside those of the protocols that are there. */
record PluginJar(Path folder) {

    /** The classes of these sources, in a folder of their own. */
    Path compiled(String... sources) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        List<String> arguments =
                new ArrayList<>(List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        for (String source : sources) {
            String name = source.replaceFirst("(?s).*?(?:class|record) (\\w+).*", "$1");
            arguments.add(
                    Files.writeString(folder.resolve(name + ".java"), source).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("status of the compiler")
                .isZero();
        return classes;
    }

    /**
     * A jar of these classes.
     *
     * @param services the modules that it names
     */
    Path of(String name, Path classes, String services) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + ProtocolModule.class.getName()));
            out.write(services.getBytes(UTF_8));
        }
        return jar;
    }

    static URL url(Path jar) throws IOException {
        return jar.toUri().toURL();
    }
}
