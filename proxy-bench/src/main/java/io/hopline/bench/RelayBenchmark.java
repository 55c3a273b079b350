package io.hopline.bench;

import io.hopline.api.guard.Guard;
import io.hopline.api.relay.Relay;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What passes a buffer from one end of a tunnel to the other, without sockets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RelayBenchmark {

    private EmbeddedChannel client;
    private EmbeddedChannel target;
    private ByteBuf bytes;

    @Setup
    public void join() {
        client = Embedded.channel();
        target = Embedded.channel();
        bytes = client.alloc().directBuffer(1024).writeZero(1024);
        Relay.join(client, target, Guard.NONE, ended -> {});
    }

    @TearDown
    public void close() {
        client.finishAndReleaseAll();
        target.finishAndReleaseAll();
        bytes.release();
    }

    @Benchmark
    public int up() {
        client.writeInbound(bytes.retain());
        return Embedded.take(target);
    }
}
