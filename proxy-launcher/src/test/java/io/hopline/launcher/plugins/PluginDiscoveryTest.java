package io.hopline.launcher.plugins;

import static io.hopline.launcher.plugins.PluginJar.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
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

        assertBroken(
                jar("acme", classes, "acme.Acme"), "; run a newer Java, or use a version of the plugin for this one");
    }

    @Test
    void namesAPluginWithoutWhatItsModuleIsMadeOf() throws IOException {
        Path classes = compiled(MODULE.replace("io.hopline.api.ProtocolModule", "Base"), OUTBOUND, """
                package acme;
                public abstract class Base extends io.hopline.api.ProtocolModule {}
                """);
        Files.delete(classes.resolve("acme/Base.class"));

        assertBroken(
                jar("acme", classes, "acme.Acme"),
                "there is no class acme.Base; put the jar that has it beside the plugin's");
    }

    @Test
    void namesAPluginWithoutWhatItsModuleNames() throws IOException {
        Path classes = compiled(MODULE, OUTBOUND);
        Files.delete(classes.resolve("acme/AcmeOutbound.class"));

        assertBroken(
                jar("acme", classes, "acme.Acme"),
                "there is no class acme.AcmeOutbound; put the jar that has it beside the plugin's");
    }

    @Test
    void namesAPluginWithoutWhatItsFactoryTakes() throws IOException {
        Path classes = compiled(
                MODULE,
                OUTBOUND.replace("AcmeOutbound implements", "AcmeOutbound extends Taking implements"),
                "package acme; public class Taking { public Lent lent() { return null; } }",
                "package acme; public class Lent {}");
        Files.delete(classes.resolve("acme/Lent.class"));

        assertBroken(
                jar("acme", classes, "acme.Acme"),
                "there is no class acme.Lent; put the jar that has it beside the plugin's");
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
        return new PluginJar(folder).compiled(sources);
    }

    private Path jar(String name, Path classes, String services) throws IOException {
        return new PluginJar(folder).of(name, classes, services);
    }
}
