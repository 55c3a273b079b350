package io.hopline.testkit;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What every tunnel does with the bytes of its two ends, whatever protocols it was opened by; the suites of outbounds and inbounds say
 * how theirs are opened.
 */
@Timeout(60)
public abstract class TunnelContract {

    /** The loops of the class under test; what a test opens is handed to {@link Loops#closing}. */
    @RegisterExtension
    protected static final Loops LOOPS = new Loops();

    private static final int MEBIBYTE = 1 << 20;
    private static final int MOST_IN_FLIGHT = 4 * MEBIBYTE;

    /** What the sessions of {@link #open} are observed by. */
    protected final RecordingObserver observer = new RecordingObserver();

    /** The two ends of an open tunnel: what a client and a target see of it. */
    public record Ends(Wire client, Wire target) {

        /**
         * Returns when the target's first byte has come through: a target may be reached before its dial has ended, and what breaks off in
         * between breaks a dial, and no tunnel.
         */
        public Ends settled() throws IOException {
            target.write("!");
            client.expect("!");
            return this;
        }
    }

    /**
     * Opens a tunnel through what is under test, with both ends to be closed by {@link Loops#closing} and sessions that tell
     * {@link #observer}.
     */
    protected abstract Ends open() throws Exception;

    @Test
    void carriesBytesOneByOneBothWays() throws Exception {
        Ends ends = open();
        for (int i = 0; i < 256; i++) {
            ends.client().write((byte) i);
            ends.target().expect((byte) i);
            ends.target().write((byte) ~i);
            ends.client().expect((byte) ~i);
        }
    }

    @Test
    void letsTheTargetSpeakFirst() throws Exception {
        Ends ends = open();
        ends.target().write("220 ready\r\n");
        ends.client().expect("220 ready\r\n");
        ends.client().write("QUIT\r\n");
        ends.target().expect("QUIT\r\n");
    }

    @Test
    void goesOnTowardsTheClientWhenTheClientHasEnded() throws Exception {
        Ends ends = open();
        endsOneWayFirst(ends.client(), ends.target());
    }

    @Test
    void goesOnTowardsTheTargetWhenTheTargetHasEnded() throws Exception {
        Ends ends = open();
        endsOneWayFirst(ends.target(), ends.client());
    }

    @Test
    void keepsTheEndBehindTheData() throws Exception {
        Ends ends = open();
        Payload last = new Payload(1, 200_000);
        last.send(ends.client());
        ends.client().endOutput();
        last.expect(ends.target());
        ends.target().expectEnd();
        last.send(ends.target());
        ends.target().endOutput();
        last.expect(ends.client());
        ends.client().expectEnd();
    }

    @Test
    void endsWhenBothSidesEndAtOnce() throws Exception {
        Ends ends = open();
        ends.client().write("bye");
        ends.target().write("BYE");
        Parallel.run(() -> ends.client().endOutput(), () -> ends.target().endOutput());
        ends.target().expect("bye");
        ends.client().expect("BYE");
        ends.target().expectEnd();
        ends.client().expectEnd();
        observer.takeServed();
    }

    @Test
    void carriesThirtyMegabytesEachWayAtOnce() throws Exception {
        Ends ends = open();
        Payload up = new Payload(2, 30_000_000);
        Payload down = new Payload(3, 30_000_000);
        Parallel.run(
                () -> sendAndEnd(up, ends.client()),
                () -> expectAndEnd(up, ends.target()),
                () -> sendAndEnd(down, ends.target()),
                () -> expectAndEnd(down, ends.client()));
    }

    @Test
    void holdsTheClientBackWhileTheTargetDoesNotRead() throws Exception {
        Ends ends = open();
        holdsBack(ends.client(), ends.target());
    }

    @Test
    void holdsTheTargetBackWhileTheClientDoesNotRead() throws Exception {
        Ends ends = open();
        holdsBack(ends.target(), ends.client());
    }

    @Test
    void passesAResetOfTheClientOn() throws Exception {
        Ends ends = open();
        resets(ends.client(), ends.target());
    }

    @Test
    void passesAResetOfTheTargetOn() throws Exception {
        Ends ends = open();
        resets(ends.target(), ends.client());
    }

    @Test
    void passesAResetOfTheTargetOnWhenTheClientHasEnded() throws Exception {
        Ends ends = open();
        ends.client().endOutput();
        ends.target().expectEnd();
        resets(ends.target(), ends.client());
    }

    @Test
    void passesAResetOfTheClientOnWhenTheTargetHasEnded() throws Exception {
        Ends ends = open();
        ends.target().endOutput();
        ends.client().expectEnd();
        resets(ends.client(), ends.target());
    }

    @Test
    void passesAResetOnThroughDataThatNobodyReads() throws Exception {
        Ends ends = open();
        Flood flood = Flood.start(ends.target(), new Payload(4, 64 * MEBIBYTE));
        flood.stalled(MOST_IN_FLIGHT);
        ends.client().reset();
        flood.expectBroken();
    }

    private void endsOneWayFirst(Wire first, Wire second) throws Exception {
        first.write("last words");
        first.endOutput();
        second.expect("last words");
        second.expectEnd();
        Payload more = new Payload(5, MEBIBYTE);
        Parallel.run(() -> sendAndEnd(more, second), () -> more.expect(first));
        first.expectEnd();
    }

    private void holdsBack(Wire fast, Wire slow) throws Exception {
        Payload much = new Payload(6, 16 * MEBIBYTE);
        Flood flood = Flood.start(fast, much);
        flood.stalled(MOST_IN_FLIGHT);
        slow.write("still here");
        fast.expect("still here");
        much.expect(slow);
        slow.expectEnd();
        flood.finish();
    }

    private void resets(Wire broken, Wire other) throws Exception {
        broken.reset();
        other.expectReset();
        observer.takeServed();
    }

    private static void sendAndEnd(Payload payload, Wire to) throws Exception {
        payload.send(to);
        to.endOutput();
    }

    private static void expectAndEnd(Payload payload, Wire from) throws Exception {
        payload.expect(from);
        from.expectEnd();
    }
}
