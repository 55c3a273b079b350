package com.example.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Recognizer.Match;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineRecognitionTest {

    private final LineRecognizer recognizer = new LineRecognizer();

    @ParameterizedTest
    @CsvSource({"D,MORE", "DIAL,MORE", "'DIAL ',YES", "'DIAL example.org:80',YES", "DELETE,NO", "G,NO"})
    void tellsTheProtocolByItsFirstWord(String first, Match match) {
        assertThat(recognizer.match(Unpooled.copiedBuffer(first, StandardCharsets.US_ASCII)))
                .isEqualTo(match);
    }

    @Test
    void isAskedBeforeHttpWhichTakesAnyWordForAMethod() {
        assertThat(recognizer.isCertain()).isTrue();
    }
}
