package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths that a damaged key has: what goes beyond its end must not be asked memory for. */
class DerTest {

    @Test
    void takesWhatReachesToTheEnd() throws Exception {
        assertThat(Der.first(bytes("3003020105"))).isEqualTo(bytes("020105"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3003020205", "300302810205", "3003028470000000", "300302850100000000", "300302ff05", "3003"})
    void takesNothingThatGoesBeyondIt(String sequence) {
        assertThatThrownBy(() -> Der.first(bytes(sequence))).isInstanceOf(GeneralSecurityException.class);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
