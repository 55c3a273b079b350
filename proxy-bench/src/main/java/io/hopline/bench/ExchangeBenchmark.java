package io.hopline.bench;

import java.io.IOException;
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

/** One small request or one mebibyte over a connection that is there already. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExchangeBenchmark {

    /** The connections; each has served a request before it is measured. */
    @State(Scope.Benchmark)
    public static class Connections {

        // Its own, so that it ends behind them.
        private final Served served = new Served();
        private Wire straight;
        private Wire tunnel;
        private Wire forwarder;

        @Setup
        public void open() throws IOException {
            served.start();
            straight = served.straight();
            tunnel = served.connectTunnel();
            forwarder = served.forwarder();
            served.get(straight);
            served.get(tunnel);
            served.get(forwarder);
        }

        @TearDown
        public void close() throws IOException {
            straight.close();
            tunnel.close();
            forwarder.close();
            served.stop();
        }
    }

    @Benchmark
    public int straight(Connections all) throws IOException {
        return all.served.get(all.straight);
    }

    @Benchmark
    public int tunnel(Connections all) throws IOException {
        return all.served.get(all.tunnel);
    }

    @Benchmark
    public int forward(Connections all) throws IOException {
        return all.served.get(all.forwarder);
    }

    @Benchmark
    public int straightBulk(Connections all) throws IOException {
        return all.served.bulk(all.straight);
    }

    @Benchmark
    public int tunnelBulk(Connections all) throws IOException {
        return all.served.bulk(all.tunnel);
    }
}
