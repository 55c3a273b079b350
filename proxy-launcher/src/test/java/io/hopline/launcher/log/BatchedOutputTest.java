package io.hopline.launcher.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines leave together, soon, and all of them. */
final class BatchedOutputTest {

    private final Pieces pieces = new Pieces();

    @Test
    void handsOnSoonWhatIsWrittenTogether() throws Exception {
        try (BatchedOutput output = new BatchedOutput(pieces)) {
            synchronized (output) {
                output.write("one ".getBytes(US_ASCII));
                output.write("two".getBytes(US_ASCII));
                output.flush();
            }
            await().untilAsserted(() -> assertThat(pieces.all()).containsExactly("one two"));
        }
    }

    @Test
    void losesNothingAtItsEnd() throws Exception {
        BatchedOutput output = new BatchedOutput(pieces);
        output.write("last words".getBytes(US_ASCII));
        output.close();
        assertThat(pieces.all()).containsExactly("last words");
    }

    @Test
    void keepsTheOrderOfWhatIsTooLongForIt() throws Exception {
        String tooLong = "x".repeat(100_000);
        try (BatchedOutput output = new BatchedOutput(pieces)) {
            output.write("short ".getBytes(US_ASCII));
            output.write(tooLong.getBytes(US_ASCII));
        }
        assertThat(String.join("", pieces.all())).isEqualTo("short " + tooLong);
    }

    @Test
    void letsThroughWhatComesAfterItsEnd() throws Exception {
        BatchedOutput output = new BatchedOutput(pieces);
        output.close();
        output.write("late".getBytes(US_ASCII));
        assertThat(pieces.all()).containsExactly("late");
    }

    /** Remembers each write but empty ones. */
    private static final class Pieces extends OutputStream {

        private final List<String> all = new ArrayList<>();

        synchronized List<String> all() {
            return List.copyOf(all);
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                all.add(new String(bytes, offset, length, US_ASCII));
            }
        }
    }
}
