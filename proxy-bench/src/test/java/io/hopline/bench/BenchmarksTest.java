package io.hopline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark does its work; how long it takes is nothing for a test. */
class BenchmarksTest {

    @Test
    void eachRunsOnce() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io\\.hopline\\.bench\\.")
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results.stream().map(result -> result.getParams().getBenchmark()))
                .containsAll(Stream.of(
                                ExchangeBenchmark.class,
                                HandshakeBenchmark.class,
                                HeadersBenchmark.class,
                                RelayBenchmark.class,
                                StreamsBenchmark.class,
                                TlsBenchmark.class)
                        .flatMap(in -> Stream.of(in.getMethods()))
                        .filter(method -> method.isAnnotationPresent(Benchmark.class))
                        .map(BenchmarksTest::name)
                        .toList());
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
