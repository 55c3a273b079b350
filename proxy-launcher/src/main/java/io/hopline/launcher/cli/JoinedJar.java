package io.hopline.launcher.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** All jars of a class path in one: Java opens each of them at a start, and looks through each for what it is asked for. */
final class JoinedJar {

    /** What is looked for in every jar, and means the same one behind the other. */
    private static final Pattern LISTS =
            Pattern.compile("META-INF/services/.+|reference\\.conf|META-INF/io\\.netty\\.versions\\.properties");

    /** What speaks of a jar as a whole, which it is no more, or to those who look into it. */
    private static final Pattern OF_ONE_JAR = Pattern.compile(
            "META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC)|maven/.*)|(.*/)?module-info\\.class");

    private final Map<String, ByteArrayOutputStream> lists = new LinkedHashMap<>();
    private final Set<String> written = new HashSet<>();
    private final ZipOutputStream out;

    private JoinedJar(ZipOutputStream out) {
        this.out = out;
    }

    /** @param jars of what two of them have, the first one's counts, as on a class path */
    static void write(List<Path> jars, Path to) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest())) {
            JoinedJar joined = new JoinedJar(out);
            for (Path jar : jars) {
                joined.add(jar);
            }
            for (Map.Entry<String, ByteArrayOutputStream> list : joined.lists.entrySet()) {
                joined.put(list.getKey(), list.getValue().toByteArray());
            }
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        Package own = JoinedJar.class.getPackage();
        if (own.getImplementationVersion() != null) {
            Attributes version = new Attributes();
            version.put(Attributes.Name.IMPLEMENTATION_VERSION, own.getImplementationVersion());
            manifest.getEntries().put(own.getName().replace('.', '/') + "/", version);
        }
        return manifest;
    }

    private void add(Path jar) throws IOException {
        try (ZipFile open = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : open.stream().toList()) {
                String name = entry.getName();
                if (!entry.isDirectory() && !OF_ONE_JAR.matcher(name).matches()) {
                    try (InputStream content = open.getInputStream(entry)) {
                        add(name, content.readAllBytes());
                    }
                }
            }
        }
    }

    private void add(String name, byte[] content) throws IOException {
        if (LISTS.matcher(name).matches()) {
            ByteArrayOutputStream list = lists.computeIfAbsent(name, n -> new ByteArrayOutputStream());
            list.write(content);
            list.write('\n');
        } else if (written.add(name)) {
            put(name, content);
        }
    }

    private void put(String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
