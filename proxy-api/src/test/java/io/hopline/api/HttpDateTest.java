package io.hopline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    @Test
    void isWrittenAsRfc9110HasIt() {
        assertThat(HttpDate.of(784_111_777_000L)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 951_782_400_000L, 1_767_949_749_000L, 1_767_225_599_999L, 4_107_542_399_000L})
    void isWhatOthersReadItAs(long millis) {
        ZonedDateTime read = ZonedDateTime.parse(HttpDate.of(millis), DateTimeFormatter.RFC_1123_DATE_TIME);

        assertThat(HttpDate.of(millis)).hasSize(29);
        assertThat(read.toEpochSecond()).isEqualTo(millis / 1_000);
    }

    @Test
    void isPutTogetherOnceASecond() {
        String first = HttpDate.of(784_111_777_000L);

        assertThat(HttpDate.of(784_111_777_999L)).isSameAs(first);
        assertThat(HttpDate.of(784_111_778_000L)).isEqualTo("Sun, 06 Nov 1994 08:49:38 GMT");
    }

    @Test
    void isThatOfNow() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ZonedDateTime now = ZonedDateTime.parse(HttpDate.now(), DateTimeFormatter.RFC_1123_DATE_TIME);

        assertThat(now.toInstant()).isBetween(before, Instant.now());
    }
}
