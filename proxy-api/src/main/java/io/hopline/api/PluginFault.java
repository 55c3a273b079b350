package io.hopline.api;

import java.security.CodeSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says in one line why code can't be linked: which code in which jar, what it lacks, and what to do about it. */
public final class PluginFault {

    /** How an {@code AbstractMethodError} names the code that is too old; on its stack is who called it. */
    private static final Pattern RECEIVER = Pattern.compile("Receiver class (\\S+)");

    private static final Pattern CLASS_NAME = Pattern.compile("[\\w$./]+");

    private PluginFault() {}

    /** The line for an error that code ran into. */
    public static String text(LinkageError error) {
        return text(culprit(error), error);
    }

    /**
     * The line.
     *
     * @param code as {@link #where} has it, if it is known
     */
    public static String text(Optional<String> code, Error error) {
        return "a plugin can't be loaded: " + code.map(known -> known + ": ").orElse("") + why(error);
    }

    /** A class and the jar that it is in. */
    public static String where(Class<?> code) {
        CodeSource source = code.getProtectionDomain().getCodeSource();
        return code.getName() + (source == null ? "" : " (" + source.getLocation() + ")");
    }

    private static String why(Error error) {
        Throwable why = error;
        while (why.getCause() != null && isWrapper(why)) {
            why = why.getCause();
        }
        // Some print pages about the bytecode.
        String text = why.toString().lines().findFirst().orElse("");
        if (isMissingClass(why)) {
            return "there is no class " + String.valueOf(why.getMessage()).replace('/', '.')
                    + "; put the jar that has it beside the plugin's";
        }
        if (why instanceof UnsupportedClassVersionError) {
            return text + "; run a newer Java, or use a version of the plugin for this one";
        }
        return why instanceof LinkageError && !isWrapper(why)
                ? text + "; use versions of the plugin, and of what it needs, that are made for this one of Hopline"
                : text;
    }

    private static boolean isMissingClass(Throwable why) {
        return (why instanceof NoClassDefFoundError || why instanceof ClassNotFoundException)
                && CLASS_NAME.matcher(String.valueOf(why.getMessage())).matches();
    }

    /** What only says that something else went wrong, be it at an earlier try. */
    private static boolean isWrapper(Throwable error) {
        return error instanceof ServiceConfigurationError
                || error instanceof ExceptionInInitializerError
                || String.valueOf(error.getMessage()).startsWith("Could not initialize class ");
    }

    /** What ran into the error; Java's own classes come before it where they load what it names. */
    private static Optional<String> culprit(LinkageError error) {
        Stream<String> receiver =
                RECEIVER.matcher(String.valueOf(error.getMessage())).results().map(found -> found.group(1));
        Stream<String> running = Arrays.stream(error.getStackTrace()).map(StackTraceElement::getClassName);
        return Stream.concat(receiver, running)
                .flatMap(name -> code(name).stream())
                .findFirst();
    }

    private static Optional<String> code(String name) {
        try {
            Class<?> code = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            return isNoneOfJava(code) ? Optional.of(where(code)) : Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static boolean isNoneOfJava(Class<?> code) {
        CodeSource source = code.getProtectionDomain().getCodeSource();
        return source != null
                && source.getLocation() != null
                && !source.getLocation().getProtocol().equals("jrt");
    }
}
