package io.hopline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class HttpDateTest {

    @Test
    void isWrittenAsRfc9110HasIt() {
        assertThat(HttpDate.of(784_111_777_000L)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
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
