package io.hopline.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** A tunnel from its connection to its end, with one small request in it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class HandshakeBenchmark {

    @Benchmark
    public int straight(Served served) throws IOException {
        try (Wire wire = served.straight()) {
            return served.get(wire);
        }
    }

    @Benchmark
    public int connect(Served served) throws IOException {
        try (Wire wire = served.connectTunnel()) {
            return served.get(wire);
        }
    }

    @Benchmark
    public int socks5(Served served) throws IOException {
        try (Wire wire = served.socks5Tunnel()) {
            return served.get(wire);
        }
    }
}
