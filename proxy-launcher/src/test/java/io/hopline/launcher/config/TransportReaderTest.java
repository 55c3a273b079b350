package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.config;
import static io.hopline.launcher.config.Given.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hopline.api.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportReaderTest {

    @Test
    void isTheBestIfNobodySays() {
        assertThat(config("").transport()).isEqualTo(Transport.best());
        assertThat(config("transport = auto").transport()).isEqualTo(Transport.best());
    }

    @ParameterizedTest
    @EnumSource
    void isWhatWasAskedFor(Transport transport) {
        assumeThat(transport.obstacle()).isEmpty();
        assertThat(config("transport = " + transport).transport()).isEqualTo(transport);
    }

    @Test
    void refusesWhatIsNone() {
        assertThat(problems("transport = epol"))
                .containsExactly("given: 1: hopline.transport: expected one of auto, epoll, nio, got"
                        + " \"epol\"; did you mean \"epoll\"?");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatCannotBeHadHere(Transport transport) {
        assumeThat(transport.obstacle()).isNotEmpty();
        assertThat(problems("transport = " + transport))
                .singleElement()
                .asString()
                .startsWith("given: 1: hopline.transport: " + transport + " can't be used here: ");
    }
}
