package io.hopline.launcher.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The libraries in machine code that jars bring along. Netty would unpack them, two megabytes and more, at each start; what it finds
 * on the library path it takes as it is.
 */
final class NativeLibraries {

    private static final String FOLDER = "META-INF/native/";

    private NativeLibraries() {}

    /**
     * Unpacks those of each jar to a folder with the jar's name, which has its version: what belongs to another version of a jar is
     * then not mistaken for its own.
     */
    static void unpack(List<Path> jars, Path to) throws IOException {
        for (Path jar : jars) {
            unpack(jar, to);
        }
    }

    private static void unpack(Path jar, Path to) throws IOException {
        try (ZipFile open = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> libraries = open.stream()
                    .filter(entry -> entry.getName().startsWith(FOLDER)
                            && entry.getName().endsWith(".so"))
                    .toList();
            for (ZipEntry library : libraries) {
                String name = jar.getFileName().toString();
                Path folder = Files.createDirectories(to.resolve(name.substring(0, name.length() - ".jar".length())));
                try (InputStream content = open.getInputStream(library)) {
                    Files.copy(content, folder.resolve(library.getName().substring(FOLDER.length())));
                }
            }
        }
    }
}
