package io.hopline.leakcheck;

import static java.util.stream.Collectors.joining;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.function.Consumer;

/** A Netty detector that hands each leak that it sees to a consumer, whatever the log level. */
final class RecordingDetector<T> extends ResourceLeakDetector<T> {
    private static final List<String> RUNNER = List.of(
            "java.base/jdk.internal.reflect.", "java.base/java.lang.reflect.", "org.junit.", "org.apache.maven.");

    private final Consumer<String> leaks;

    RecordingDetector(Class<?> resource, int samplingInterval, Consumer<String> leaks) {
        super(resource, samplingInterval);
        this.leaks = leaks;
    }

    /** Makes Netty look at what was collected so far; it does so only when something new is tracked. */
    @SuppressWarnings("unchecked")
    void poll() {
        T probe = (T) new Object();
        trackForcibly(probe).close(probe);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        leaks.accept(
                resourceType + " was collected without being released. Where it was used:" + withoutRunner(records));
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        leaks.accept(resourceType + " was collected without being released.");
    }

    private static String withoutRunner(String records) {
        return records.lines()
                .filter(frame -> RUNNER.stream().noneMatch(frame.strip()::startsWith))
                .collect(joining("\n"));
    }
}
