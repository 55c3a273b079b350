package com.example.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Recognizer.Match;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineRecognitionTest {

    @ParameterizedTest
    @CsvSource({"D,MORE", "DIAL,MORE", "'DIAL ',YES", "'DIAL example.org:80',YES", "DELETE,NO", "G,NO"})
    void tellsTheProtocolByItsFirstWord(String first, Match match) {
        assertThat(Line.recognize(Unpooled.copiedBuffer(first, StandardCharsets.US_ASCII)))
                .isEqualTo(match);
    }
}
