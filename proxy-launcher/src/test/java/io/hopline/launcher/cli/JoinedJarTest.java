package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedJarTest {

    @TempDir
    private Path directory;

    @Test
    void hasWhatEachJarHas() throws IOException {
        try (JarFile joined = joined(jar("a", "a/A.class", "A"), jar("b", "b/B.class", "B", "b/c/text", ""))) {
            assertThat(text(joined, "a/A.class")).isEqualTo("A");
            assertThat(text(joined, "b/B.class")).isEqualTo("B");
            assertThat(text(joined, "b/c/text")).isEmpty();
        }
    }

    @Test
    void takesOfTwoTheOneThatComesFirst() throws IOException {
        try (JarFile joined = joined(jar("a", "X.class", "first"), jar("b", "X.class", "second"))) {
            assertThat(text(joined, "X.class")).isEqualTo("first");
        }
    }

    @Test
    void joinsWhatIsLookedForInEveryJar() throws IOException {
        Path a = jar("a", "META-INF/services/x.Y", "x.A", "reference.conf", "a = 1");
        Path b = jar("b", "META-INF/services/x.Y", "x.B\n", "reference.conf", "b = 2 # two");
        try (JarFile joined = joined(a, b)) {
            assertThat(text(joined, "META-INF/services/x.Y").lines()).contains("x.A", "x.B");
            assertThat(text(joined, "reference.conf").lines()).containsExactly("a = 1", "b = 2 # two");
        }
    }

    @Test
    void keepsWhatIsMeantForNewerJava() throws IOException {
        Path jar = jar("a", "x/X.class", "old", "META-INF/versions/9/x/X.class", "new");
        JarFile joined = new JarFile(joinedFile(jar).toFile(), false, JarFile.OPEN_READ, Runtime.version());
        try (joined) {
            assertThat(text(joined, "x/X.class")).isEqualTo("new");
        }
    }

    @Test
    void leavesOutWhatHoldsForASingleJar() throws IOException {
        Path jar = jar(
                "a",
                "META-INF/SIGNER.SF",
                "signed",
                "META-INF/SIGNER.RSA",
                "signed",
                "META-INF/INDEX.LIST",
                "a.jar",
                "module-info.class",
                "module",
                "META-INF/versions/9/module-info.class",
                "module");
        try (JarFile joined = joined(jar)) {
            assertThat(joined.stream().map(JarEntry::getName)).containsExactly(JarFile.MANIFEST_NAME);
        }
    }

    private JarFile joined(Path... jars) throws IOException {
        return new JarFile(joinedFile(jars).toFile());
    }

    private Path joinedFile(Path... jars) throws IOException {
        Path file = directory.resolve("joined.jar");
        JoinedJar.write(List.of(jars), file);
        return file;
    }

    private Path jar(String name, String... entries) throws IOException {
        Path file = directory.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < entries.length; i += 2) {
                out.putNextEntry(new JarEntry(entries[i]));
                out.write(entries[i + 1].getBytes(UTF_8));
            }
        }
        return file;
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
    }
}
