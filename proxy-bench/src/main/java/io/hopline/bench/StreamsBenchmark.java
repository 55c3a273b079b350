package io.hopline.bench;

import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.http.HttpEntry;
import io.hopline.launcher.plugins.Plugins;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A DATA frame that comes on one of many tunnels of a session, or goes out on it: session, stream and relay; without sockets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StreamsBenchmark {

    private static final int STREAMS = 100;
    private static final int WINDOW_LEFT = 1 << 29;

    @Param({"h2", "spdy/3.1"})
    public String protocol = "h2";

    /** Bytes of a frame. */
    @Param({"1024", "16384"})
    public int bytes;

    private EmbeddedChannel client;
    private ClientFrames frames;
    private final EmbeddedChannel[] targets = new EmbeddedChannel[STREAMS];
    private final ByteBuf[] in = new ByteBuf[STREAMS];
    private final long[] sent = new long[STREAMS];
    private long sentInAll;
    private ByteBuf out;
    private int turn;

    @Setup
    public void open() {
        client = Embedded.channel();
        frames = ClientFrames.of(protocol, client.alloc());
        Deque<EmbeddedChannel> dialed = new ArrayDeque<>();
        Session session =
                Session.of("bench", "direct", new InetSocketAddress(0), client.eventLoop(), SessionObserver.NONE);
        Inbound http = HttpEntry.create().to((target, of) -> {
            dialed.add(Embedded.channel());
            return of.loop().newSucceededFuture(dialed.getLast());
        });
        Objects.requireNonNull(Plugins.load().alpn().get(protocol)).over(http).accept(client, session);
        client.writeInbound(frames.hello());
        for (int i = 0; i < STREAMS; i++) {
            client.writeInbound(frames.connect(1 + 2 * i));
            client.runPendingTasks();
            targets[i] = dialed.remove();
            in[i] = frames.data(1 + 2 * i, bytes);
        }
        Embedded.take(client);
        out = client.alloc().directBuffer(bytes).writeZero(bytes);
    }

    @TearDown
    public void close() {
        client.finishAndReleaseAll();
        for (int i = 0; i < STREAMS; i++) {
            targets[i].finishAndReleaseAll();
            in[i].release();
        }
        out.release();
        frames.close();
    }

    @Benchmark
    public int in() {
        int i = next();
        client.writeInbound(in[i].retainedDuplicate());
        client.runPendingTasks();
        int came = Embedded.take(targets[i]);
        if (came != bytes) {
            throw new IllegalStateException(came + " bytes were relayed, not " + bytes);
        }
        return came + Embedded.take(client);
    }

    @Benchmark
    public int out() {
        int i = next();
        targets[i].writeInbound(out.retainedDuplicate());
        client.runPendingTasks();
        int went = Embedded.take(client);
        if (went <= bytes) {
            throw new IllegalStateException(went + " bytes went out for " + bytes);
        }
        credit(i);
        return went;
    }

    private int next() {
        turn = (turn + 1) % STREAMS;
        return turn;
    }

    /** Gives back what was taken of the windows, rarely enough to cost nothing. */
    private void credit(int stream) {
        sent[stream] += bytes;
        sentInAll += bytes;
        if (sentInAll >= WINDOW_LEFT) {
            client.writeInbound(frames.credit(0, (int) sentInAll));
            sentInAll = 0;
        }
        if (sent[stream] >= WINDOW_LEFT) {
            client.writeInbound(frames.credit(1 + 2 * stream, (int) sent[stream]));
            sent[stream] = 0;
        }
    }
}
