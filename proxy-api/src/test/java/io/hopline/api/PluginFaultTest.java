package io.hopline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PluginFaultTest {

    private static final String BESIDE = "; put the jar that has it beside the plugin's";
    private static final String OTHER_VERSION =
            "; use versions of the plugin, and of what it needs, that are made for this one of Hopline";

    static Stream<Arguments> errors() {
        IllegalStateException defect = new IllegalStateException("no luck");
        return Stream.of(
                Arguments.of(new NoClassDefFoundError("acme/Lent$Part"), "there is no class acme.Lent$Part" + BESIDE),
                Arguments.of(
                        new ServiceConfigurationError("acme", new NoClassDefFoundError("acme/Lent")),
                        "there is no class acme.Lent" + BESIDE),
                Arguments.of(new ServiceConfigurationError("no such provider"), "no such provider"),
                Arguments.of(
                        new UnsupportedClassVersionError("acme/Acme has been compiled by a more recent version"),
                        "java.lang.UnsupportedClassVersionError: acme/Acme has been compiled by a more recent version;"
                                + " run a newer Java, or use a version of the plugin for this one"),
                Arguments.of(
                        new NoSuchMethodError("'void io.hopline.api.Gone.gone()'"),
                        "java.lang.NoSuchMethodError: 'void io.hopline.api.Gone.gone()'" + OTHER_VERSION),
                Arguments.of(
                        new VerifyError("Bad type on operand stack\nException Details:\n  Location:"),
                        "java.lang.VerifyError: Bad type on operand stack" + OTHER_VERSION),
                Arguments.of(new ExceptionInInitializerError(defect), defect.toString()),
                Arguments.of(
                        new NoClassDefFoundError("acme/Lent (wrong name: acme/Other)"),
                        "java.lang.NoClassDefFoundError: acme/Lent (wrong name: acme/Other)" + OTHER_VERSION),
                Arguments.of(
                        new NoClassDefFoundError("Could not initialize class acme.Acme"),
                        "java.lang.NoClassDefFoundError: Could not initialize class acme.Acme"),
                Arguments.of(
                        new NoClassDefFoundError("Could not initialize class acme.Acme")
                                .initCause(new ExceptionInInitializerError("Exception no luck [in thread \"main\"]")),
                        "java.lang.ExceptionInInitializerError: Exception no luck [in thread \"main\"]"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void saysInOneLineWhatIsWrongAndWhatToDo(Error error, String why) {
        assertThat(PluginFault.text(Optional.of("acme.Acme (file:/acme.jar)"), error))
                .startsWith("a plugin can't be loaded: acme.Acme (file:/acme.jar): ")
                .endsWith(why);
    }

    @Test
    void namesTheCodeThatRanIntoIt() {
        assertThat(PluginFault.text(new NoClassDefFoundError("acme/Lent")))
                .startsWith("a plugin can't be loaded: " + PluginFault.where(getClass()) + ": ");
    }

    /** It is the caller that runs into it. */
    @Test
    void namesTheCodeThatLacksAMethodWhichHoplineCalls() {
        String receiver = HostPort.class.getName();
        assertThat(PluginFault.text(new AbstractMethodError("Receiver class " + receiver
                        + " does not define or inherit an implementation of the resolved method 'abstract void a()'")))
                .startsWith("a plugin can't be loaded: " + PluginFault.where(HostPort.class) + ": ");
    }

    @Test
    void namesNoCodeThatIsJavaItself() {
        NoClassDefFoundError error = new NoClassDefFoundError("acme/Lent");
        error.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.lang.ClassLoader", "defineClass1", null, -2),
            new StackTraceElement("java.sql.DriverManager", "getDriver", null, -1)
        });
        assertThat(PluginFault.text(error)).isEqualTo("a plugin can't be loaded: there is no class acme.Lent" + BESIDE);
    }
}
