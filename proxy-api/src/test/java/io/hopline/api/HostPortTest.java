package io.hopline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "example.org.",
                "under_score.example",
                "1.2.3.4",
                "::1",
                "::ffff:1.2.3.4",
                "fe80::1%eth0"
            })
    void takesNamesAndAddresses(String host) {
        assertThat(new HostPort(host, 80).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\0b",
                "a\r\nb",
                "a/b",
                "[::1]",
                "::1%\r\nx",
                "::1%\0",
                "::1%]",
                "1:2",
                "a..b",
                "a.b..",
                ".a",
                "."
            })
    void refusesWhatNoHostCanBe(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HostPort(host, 80));
    }
}
