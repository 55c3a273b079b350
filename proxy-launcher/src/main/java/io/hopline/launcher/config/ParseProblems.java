package io.hopline.launcher.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import io.hopline.api.settings.Problems;
import java.io.FileNotFoundException;
import java.util.regex.Pattern;

/** Says in one line what HOCON has against a text, without the pieces of it that may be secrets. */
final class ParseProblems {

    /** HOCON quotes the token that it stumbled over: part of a password, for all we know. */
    private static final Pattern TOKEN = Pattern.compile("(got|token:) '(?!newline')[^']{2,}'");

    private static final Pattern ADVICE = Pattern.compile(" \\(if you .*", Pattern.DOTALL);

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
        if (e instanceof ConfigException.IO) {
            return "is included, and " + unreadable(e);
        }
        if (e instanceof ConfigException.UnresolvedSubstitution) {
            return oneLine(text) + "; nothing in the file or the environment has this name"
                    + " (${?…} makes it optional)";
        }
        return oneLine(TOKEN.matcher(ADVICE.matcher(text).replaceFirst("")).replaceAll("$1 something else"));
    }

    private static String unreadable(ConfigException e) {
        Throwable why = e;
        while (why.getCause() != null) {
            why = why.getCause();
        }
        String message = String.valueOf(why.getMessage());
        if (message.contains("not found on classpath")) { // HOCON's last resort, which nobody here has in mind.
            return "there is no such file; a name counts from the folder of the file that includes it";
        }
        return "can't be read: " + oneLine(why instanceof FileNotFoundException ? message : why.toString());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
