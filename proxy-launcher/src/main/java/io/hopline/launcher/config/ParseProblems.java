package io.hopline.launcher.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import io.hopline.api.settings.Problems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.regex.Pattern;

/** Says in one line what HOCON has against a text, without the pieces of it that may be secrets. */
final class ParseProblems {

    /** HOCON quotes the token that it stumbled over: part of a password, for all we know. */
    private static final Pattern TOKEN = Pattern.compile("(got|token:) '(?!newline')[^']{2,}'");

    private static final Pattern ADVICE = Pattern.compile(" \\(if you .*", Pattern.DOTALL);

    /** HOCON says so wherever a key should be. */
    private static final String NO_KEY = "expecting a close parentheses ')' here";

    private static final ConfigOrigin NOWHERE = ConfigOriginFactory.newSimple("config");

    private ParseProblems() {}

    static void add(ConfigException e, Problems problems) {
        ConfigOrigin origin = e.origin();
        if (origin == null) {
            problems.add(NOWHERE, "", oneLine(String.valueOf(e.getMessage())));
        } else {
            problems.add(origin, "", text(e, origin));
        }
    }

    private static String text(ConfigException e, ConfigOrigin origin) {
        if (e instanceof ConfigException.WrongType) {
            return "a list or a section can only be joined to another one"; // The message prints both, secrets and all.
        }
        String message = String.valueOf(e.getMessage());
        String prefix = origin.description() + ": ";
        String text = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        if (e instanceof ConfigException.IO io) {
            return "is included, and " + unreadable(io);
        }
        if (e instanceof ConfigException.UnresolvedSubstitution) {
            return oneLine(text) + "; nothing in the file or the environment has this name"
                    + " (${?…} makes it optional)";
        }
        String clear = text.replace(NO_KEY, "expected a key or a closing bracket here");
        return oneLine(TOKEN.matcher(ADVICE.matcher(clear).replaceFirst("")).replaceAll("$1 something else"));
    }

    /** Goes on behind the file's name and a colon. */
    static String unreadable(ConfigException.IO e) {
        Throwable why = e;
        while (why.getCause() != null) {
            why = why.getCause();
        }
        String message = String.valueOf(why.getMessage());
        if (message.contains("not found on classpath")) { // HOCON's last resort, which nobody here has in mind.
            return "there is no such file; a name counts from the folder of the file that includes it";
        }
        return "can't be read: " + oneLine(isOfFile(why) ? message : why.toString());
    }

    /** Whose message says it all; that of one of the network may be a host's name alone. */
    private static boolean isOfFile(Throwable why) {
        return why.getClass() == IOException.class || why instanceof FileNotFoundException;
    }

    /** What may be of a file that is no config is not for a terminal to obey. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
