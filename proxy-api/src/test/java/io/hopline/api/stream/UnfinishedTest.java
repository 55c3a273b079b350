package io.hopline.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By a protocol whose frames have a header of two letters: what they are, and how long. */
final class UnfinishedTest {

    private static final int PREFACE = 3;

    private final Unfinished unfinished = new Unfinished(
            new Unfinished.Framing() {
                @Override
                public int headerLength() {
                    return 2;
                }

                @Override
                public int length(byte[] header) {
                    return header[1] - '0';
                }

                @Override
                public boolean isData(byte[] header) {
                    return header[0] == 'd';
                }

                @Override
                public boolean leavesOpen(byte[] header) {
                    return header[0] == 'o';
                }

                @Override
                public boolean asks(byte[] header) {
                    return header[0] == 'a' || header[0] == 'o';
                }
            },
            PREFACE);

    @ParameterizedTest(name = "behind \"{0}\" something is awaited: {1}")
    @CsvSource({
        "'', true",
        "pre, true",
        "prec2xx, true",
        "prea0, false",
        "prea2x, true",
        "prea2xx, false",
        "preo0, true",
        "preo0o0, true",
        "preo0a1x, false",
        "prea0c, true",
        "prea0c2x, true",
        "prea0c2xx, false",
        "prea0d, true",
        "prea0d9, false",
        "prea0d2xxc1, true"
    })
    void knowsWhatIsAwaited(String sent, boolean awaited) {
        read(sent);
        assertThat(unfinished.since() != 0).isEqualTo(awaited);
    }

    @ParameterizedTest
    @CsvSource({"prea0c2x, true", "preo0a1x, false", "prea0d2xxc2xx, false"})
    void countsHoweverTheBytesCome(String sent, boolean awaited) {
        sent.chars().forEach(c -> read(Character.toString(c)));
        assertThat(unfinished.since() != 0).isEqualTo(awaited);
    }

    @Test
    void countsFromTheFirstByteOfWhatIsUnfinished() {
        long start = unfinished.since();
        read("prec0");
        assertThat(unfinished.since()).isEqualTo(start);
        read("a0c");
        long second = unfinished.since();
        assertThat(second - start).isPositive();
        read("9xx");
        assertThat(unfinished.since()).isEqualTo(second);
        read("xxxxxxxc");
        assertThat(unfinished.since() - second).isPositive();
    }

    @Test
    void takesNoContinuationForAnEnd() {
        read("prea0o0");
        long begun = unfinished.since();
        read("o0o1x");
        assertThat(unfinished.since()).isEqualTo(begun);
    }

    private void read(String sent) {
        unfinished.read(Unpooled.copiedBuffer(sent, StandardCharsets.US_ASCII));
    }
}
