package io.hopline.api.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Settings;
import io.hopline.api.users.Users;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings from which no file can be told are a problem each, and none of what would have been read from it. */
class MisreadPathTest {

    private static final String NUL = "expected the path of a file, got \"a\\u0000b\":"
            + " no file has such a name here: Nul character not allowed";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certificate = \"a\\u0000b\"",
                "certificate = a, key = \"a\\u0000b\"",
                "certificates = [ { certificate = \"a\\u0000b\" } ]",
                "self-signed = true, client-auth = required, client-ca = \"a\\u0000b\""
            })
    void ofAnInboundsTls(String tls) {
        assertThat(problems("tls { " + tls + " }", settings -> InboundLayers.read(settings, Map.of())))
                .containsExactly(NUL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ca = \"a\\u0000b\"", "certificate = \"a\\u0000b\"", "certificate = a, key = \"a\\u0000b\""})
    void ofAHopsTls(String tls) {
        assertThat(problems("tls { " + tls + " }", TlsLayer::read)).containsExactly(NUL);
    }

    @Test
    void ofUsers() {
        assertThat(problems("users-file = \"a\\u0000b\"", Users::read)).containsExactly(NUL);
        assertThat(problems("users = 5", Users::read)).containsExactly("expected a section: users { … }");
    }

    @Test
    void ofACertificateThatIsMissing() {
        assertThat(problems(
                        "tls { certificates = [ { key = a } ] }", settings -> InboundLayers.read(settings, Map.of())))
                .containsExactly("missing; expected the path of a file");
    }

    @Test
    void ofAPasswordThatIsNone() {
        assertThat(problems("tls { ca = a, ca-password = {} }", TlsLayer::read)).containsExactly("expected a text");
        assertThat(problems("tls { certificate = a, password = {} }", TlsLayer::read))
                .containsExactly("expected a text");
    }

    private static List<String> problems(String hocon, Function<Settings, ?> reader) {
        InvalidSettingsException refused = requireNonNull(
                catchThrowableOfType(InvalidSettingsException.class, () -> Settings.read("", hocon, reader)));
        return refused.problems().stream().map(problem -> problem.text()).toList();
    }
}
