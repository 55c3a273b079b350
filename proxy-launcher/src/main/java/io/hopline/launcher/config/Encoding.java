package io.hopline.launcher.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import io.hopline.api.settings.Problems;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.regex.Pattern;

/**
 * Tells of configs that are not in UTF-8: HOCON reads every file as if it were, and what is not becomes another text, a password as
 * well as a key, which then counts for nothing.
 */
final class Encoding {

    /** What a program begins with has a zero byte this early. */
    private static final int BEGINNING = 4096;

    /** What Java puts in the place of bytes that it can't read. */
    static final String REPLACEMENT = "\uFFFD";

    /** What is in a key that was UTF-16, or had a byte order mark in front. */
    private static final Pattern MISREAD = Pattern.compile("[" + REPLACEMENT + "\\x00\uFEFF]");

    private Encoding() {}

    /**
     * Looks at how a file begins, if it is one that can be read twice.
     *
     * @throws ConfigException.Parse if it is in another encoding, or no text at all
     */
    static void check(File file) {
        byte[] beginning = beginning(file);
        if (isUtf16(beginning)) {
            throw refusal(file, "is UTF-16, expected UTF-8: save it in that encoding");
        }
        for (byte b : beginning) {
            if (b == 0) {
                throw refusal(file, "is no text; is it the right file?");
            }
        }
        if (file.getName().endsWith(".properties") && startsWith(beginning, 0xEF, 0xBB, 0xBF)) {
            throw refusal(
                    file,
                    "begins with a byte order mark, which would become part of its first key: save it without one");
        }
    }

    /**
     * Looks at the keys beside ours, of which one may have been ours.
     *
     * @throws ConfigException.Parse if one was misread
     */
    static void checkKeys(ConfigObject root) {
        root.forEach((key, value) -> {
            if (MISREAD.matcher(key).find()) {
                throw new ConfigException.Parse(
                        value.origin(), "has a key that is not in UTF-8; save it in that encoding");
            }
        });
    }

    /** Tells of each key and text in which something could not be read, also where it came from a pipe or the environment. */
    static void check(ConfigValue value, String path, Problems problems) {
        if (value instanceof ConfigObject object) {
            object.forEach((key, inner) -> {
                String below = path + "." + key;
                if (key.contains(REPLACEMENT)) {
                    add(inner, below, problems);
                }
                check(inner, below, problems);
            });
        } else if (value instanceof ConfigList list) {
            for (int i = 0; i < list.size(); i++) {
                check(list.get(i), path + "." + i, problems);
            }
        } else if (value.unwrapped() instanceof String text && text.contains(REPLACEMENT)) {
            add(value, path, problems);
        }
    }

    private static void add(ConfigValue value, String path, Problems problems) {
        problems.add(value.origin(), path, "has a character that is not in UTF-8; write it in that encoding");
    }

    private static ConfigException.Parse refusal(File file, String why) {
        return new ConfigException.Parse(ConfigOriginFactory.newFile(file.getPath()), why);
    }

    private static byte[] beginning(File file) {
        if (!file.isFile()) {
            return new byte[0];
        }
        try (InputStream open = Files.newInputStream(file.toPath())) {
            return open.readNBytes(BEGINNING);
        } catch (IOException e) {
            return new byte[0]; // Whoever reads it says what is wrong.
        }
    }

    /** By its mark, or because a config begins with a character of ASCII. */
    private static boolean isUtf16(byte[] text) {
        return startsWith(text, 0xFF, 0xFE)
                || startsWith(text, 0xFE, 0xFF)
                || (text.length > 1 && (text[0] == 0) != (text[1] == 0));
    }

    private static boolean startsWith(byte[] text, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= text.length || (text[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
