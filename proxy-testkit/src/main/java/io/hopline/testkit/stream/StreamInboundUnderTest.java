package io.hopline.testkit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.testkit.Loops;
import io.hopline.testkit.Memory;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import io.hopline.testkit.exchange.Answers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An inbound whose sessions carry streams, a client of it that is played frame by frame, and another one that must not notice. */
abstract class StreamInboundUnderTest<P extends StreamPeer> {

    /** How many streams a client may have at once. */
    protected static final int MOST_STREAMS = 60;

    /** What a client may send on a stream that nobody reads. */
    protected static final int WINDOW = 64 * 1024;

    /** What a header section may have. */
    protected static final int MOST_HEADERS = 16 * 1024;

    protected static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    protected static final Loops LOOPS = new Loops();

    static final int FRAME = 16 * 1024;
    static final int STUCK = 50;

    /** Beyond the windows of the streams that are stuck: what is being read, and what waits to be sent. */
    private static final int SLACK = 1 << 20;

    protected final Answers answers = new Answers();
    protected final RecordingObserver observer = new RecordingObserver();
    private final Memory memory = new Memory();
    private P bystander;
    protected P client;

    /** The inbound under test, with the limits above. */
    protected abstract Inbound inbound(HttpInbound next, Duration idle, Duration stall);

    /** A client that has said hello. */
    protected abstract P client(Wire wire) throws Exception;

    @BeforeEach
    void connect() throws Exception {
        bystander = serve(LONG, LONG);
        client = serve(LONG, LONG);
    }

    @AfterEach
    void otherSessionsDoNotNotice() throws Exception {
        bystander.expectAnswer(1);
    }

    @AfterEach
    void holdsNoMoreThanTheWindowsLetIn() {
        assertThat(memory.most()).isLessThan(STUCK * WINDOW + SLACK);
    }

    /** A client of an inbound with these times. */
    protected final P serve(Duration idle, Duration stall) throws Exception {
        TestListener listener =
                LOOPS.closing(TestListener.bind(LOOPS, memory.of(inbound(answers, idle, stall)), observer));
        return LOOPS.closing(client(Wire.connect(listener.address())));
    }
}
