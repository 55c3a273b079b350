package io.hopline.launcher.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hopline.api.ProtocolModule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of jars that somebody has put beside those of the protocols that are there. */
class PluginDiscoveryTest {

    private static final String MODULE = """
            package acme;
            public class Acme extends io.hopline.api.ProtocolModule {
                @Override protected void configure() { outbound("acme", AcmeOutbound.class); }
            }
            """;
    private static final String OUTBOUND = """
            package acme;
            public class AcmeOutbound implements io.hopline.api.OutboundFactory {
                @Override public io.hopline.api.Hop read(io.hopline.api.settings.Settings settings) { return null; }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void findsAPluginInAJarOfItsOwn() throws IOException {
        assertThat(discover(jar("acme", compiled(MODULE, OUTBOUND), "acme.Acme # of ours"))
                        .outbounds())
                .containsKeys("acme", "direct");
    }

    @Test
    void refusesTwoVersionsOfOnePluginAndNamesTheirJars() throws IOException {
        Path classes = compiled(MODULE, OUTBOUND);
        Path one = jar("acme-1", classes, "acme.Acme");
        Path two = jar("acme-2", classes, "# the newer one\nacme.Acme");

        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> discover(one, two))
                .withMessage("there is more than one acme.Acme, in " + url(one) + " and in " + url(two)
                        + ": remove all but one of them");
    }

    @Test
    void takesAJarThatStandsTwiceOnTheClassPathForOne() throws IOException {
        Path jar = jar("acme", compiled(MODULE, OUTBOUND), "acme.Acme\nacme.Acme");

        assertThat(discover(jar, jar).outbounds()).containsKey("acme");
    }

    @Test
    void namesAPluginForANewerJava() throws IOException {
        Path classes = compiled(MODULE, OUTBOUND);
        Path module = classes.resolve("acme/Acme.class");
        byte[] bytes = Files.readAllBytes(module);
        bytes[7] = 99; // The class file's version.
        Files.write(module, bytes);

        assertBroken(jar("acme", classes, "acme.Acme"), "UnsupportedClassVersionError");
    }

    @Test
    void namesAPluginWithoutWhatItsModuleIsMadeOf() throws IOException {
        Path classes = compiled(MODULE.replace("io.hopline.api.ProtocolModule", "Base"), OUTBOUND, """
                package acme;
                public abstract class Base extends io.hopline.api.ProtocolModule {}
                """);
        Files.delete(classes.resolve("acme/Base.class"));

        assertBroken(jar("acme", classes, "acme.Acme"), "acme.Base");
    }

    @Test
    void namesAPluginWithoutWhatItsModuleNames() throws IOException {
        Path classes = compiled(MODULE, OUTBOUND);
        Files.delete(classes.resolve("acme/AcmeOutbound.class"));

        assertBroken(jar("acme", classes, "acme.Acme"), "acme.AcmeOutbound");
    }

    @Test
    void namesAPluginWithoutWhatItsFactoryTakes() throws IOException {
        Path classes = compiled(
                MODULE,
                OUTBOUND.replace("AcmeOutbound implements", "AcmeOutbound extends Taking implements"),
                "package acme; public class Taking { public Lent lent() { return null; } }",
                "package acme; public class Lent {}");
        Files.delete(classes.resolve("acme/Lent.class"));

        assertBroken(jar("acme", classes, "acme.Acme"), "acme.Lent");
    }

    @Test
    void saysWhyAModuleCannotBeMade() throws IOException {
        Path classes = compiled(
                MODULE.replace(
                        "@Override", "public Acme() { throw new IllegalStateException(\"no luck\"); } @Override"),
                OUTBOUND);

        assertBroken(jar("acme", classes, "acme.Acme"), "no luck");
    }

    @Test
    void namesAModuleThatIsNotInItsJar() throws IOException {
        assertBroken(jar("acme", compiled(OUTBOUND), "acme.Acme"), "Provider acme.Acme not found");
    }

    private void assertBroken(Path jar, String why) throws IOException {
        String start = "a plugin can't be loaded: acme.Acme (" + url(jar) + "): ";
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> discover(jar))
                .withMessageStartingWith(start)
                .withMessageContaining(why);
    }

    private static URL url(Path jar) throws IOException {
        return jar.toUri().toURL();
    }

    private Plugins discover(Path... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = url(jars[i]);
        }
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            return PluginsFactory.discover(loader);
        }
    }

    private Path compiled(String... sources) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        List<String> arguments =
                new ArrayList<>(List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        for (String source : sources) {
            String name = source.replaceFirst("(?s).*?class (\\w+).*", "$1");
            arguments.add(
                    Files.writeString(folder.resolve(name + ".java"), source).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("status of the compiler")
                .isZero();
        return classes;
    }

    private Path jar(String name, Path classes, String services) throws IOException {
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
}
