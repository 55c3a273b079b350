package io.hopline.connect.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A known name is the very bytes that came. */
class FieldNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "host", "Content-Length", "content-length", "ETag", "TE", "WWW-Authenticate", "via"})
    void knowsNamesAsMostProgramsSpellThem(String name) {
        assertThat(known(name)).hasToString(name).isSameAs(known(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "H",
                "HOST",
                "hOst",
                "Content-length",
                "Content-Lengtx",
                "Content_Length",
                "Content-Length ",
                "Hos\u00f4",
                "X-Own"
            })
    void leavesEveryOtherSpellingAlone(String name) {
        assertThat(known(name)).isNull();
    }

    @Test
    void looksAtNothingBesideTheName() {
        assertThat(known("xHost: y", 1, 4)).hasToString("Host");
        assertThat(known("xHost: y", 0, 5)).isNull();
    }

    private static @Nullable Object known(String name) {
        return known(name, 0, name.length());
    }

    private static @Nullable Object known(String line, int start, int length) {
        return FieldNames.known(line.getBytes(ISO_8859_1), start, length);
    }
}
