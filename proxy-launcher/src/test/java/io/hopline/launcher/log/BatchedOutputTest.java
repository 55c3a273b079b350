package io.hopline.launcher.log;

import static java.lang.Thread.State.TIMED_WAITING;
import static java.lang.Thread.State.WAITING;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines leave together, soon, and all of them. */
final class BatchedOutputTest {

    private final Pieces pieces = new Pieces();
    private final Set<Thread> others = Thread.getAllStackTraces().keySet();

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
    void handsOnWhatComesAfterAQuietWhile() throws Exception {
        try (BatchedOutput output = new BatchedOutput(pieces)) {
            output.write("one".getBytes(US_ASCII));
            await().untilAsserted(() -> assertThat(pieces.all()).containsExactly("one"));
            await().until(() -> any(WAITING));
            output.write("two".getBytes(US_ASCII));
            await().untilAsserted(() -> assertThat(pieces.all()).containsExactly("one", "two"));
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
    void leavesNoThreadBehind() throws Exception {
        BatchedOutput output = new BatchedOutput(pieces);
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
            output.write("more".getBytes(US_ASCII));
            return any(TIMED_WAITING);
        });
        output.close();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void letsThroughWhatComesAfterItsEnd() throws Exception {
        BatchedOutput output = new BatchedOutput(pieces);
        output.close();
        output.write("late".getBytes(US_ASCII));
        assertThat(pieces.all()).containsExactly("late");
    }

    @Test
    @Timeout(10)
    void letsNobodyWaitForWhoReadsAndTellsWhatIsMissing() throws Exception {
        String long1 = "1".repeat(500_000) + "\n";
        String long2 = "2".repeat(500_000) + "\n";
        pieces.gate = new CountDownLatch(1);
        try (BatchedOutput output = new BatchedOutput(pieces)) {
            output.write("stuck\n".getBytes(US_ASCII));
            await().until(() -> pieces.asked == 1);
            output.write(long1.getBytes(US_ASCII));
            output.write(long2.getBytes(US_ASCII));
            output.write("3".repeat(100_000).concat("\n").getBytes(US_ASCII));
            output.write("4\n".getBytes(US_ASCII));
            pieces.gate.countDown();
            await().until(() -> pieces.asked == 2);
            output.write("5\n".getBytes(US_ASCII));
        }
        assertThat(String.join("", pieces.all()))
                .isEqualToNormalizingNewlines("stuck\n" + long1 + long2
                        + "... 2 lines of this log are missing, because nobody read it in time\n" + "5\n");
    }

    @Test
    @Timeout(10)
    void endsThoughNobodyReads() throws Exception {
        pieces.gate = new CountDownLatch(1);
        BatchedOutput output = new BatchedOutput(pieces);
        output.write("stuck\n".getBytes(US_ASCII));
        await().until(() -> pieces.asked == 1);
        output.close();
        output.write("late\n".getBytes(US_ASCII));
        assertThat(pieces.all()).isEmpty();
        pieces.gate.countDown();
    }

    private boolean any(Thread.State state) {
        return threads().stream().anyMatch(thread -> thread.getState() == state);
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("hopline-log") && !others.contains(thread))
                .toList();
    }

    /** Remembers each write but empty ones. */
    private static final class Pieces extends OutputStream {

        private final List<String> all = new ArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile int asked;

        synchronized List<String> all() {
            return List.copyOf(all);
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                String piece = new String(bytes, offset, length, US_ASCII);
                synchronized (this) {
                    asked++;
                }
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                synchronized (this) {
                    all.add(piece);
                }
            }
        }
    }
}
