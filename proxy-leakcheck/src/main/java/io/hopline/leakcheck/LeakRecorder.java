package io.hopline.leakcheck;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes every detector that Netty asks for, and collects what they see. */
final class LeakRecorder extends ResourceLeakDetectorFactory {
    private static final long COLLECTION_TIMEOUT_MILLIS = 10_000;

    private final List<RecordingDetector<?>> detectors = new CopyOnWriteArrayList<>();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    @Override
    @SuppressWarnings("deprecation") // Netty deprecates it, and makes it the one abstract method
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
            Class<T> resource, int samplingInterval, long maxActive) {
        return newResourceLeakDetector(resource, samplingInterval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
        RecordingDetector<T> detector = new RecordingDetector<>(resource, samplingInterval, leaks::add);
        detectors.add(detector);
        return detector;
    }

    /** The leaks seen since the last call, after a garbage collection that brought all of them to light. */
    List<String> takeLeaks() {
        // The JVM hands over what one collection found before what the next one did.
        collectGarbage();
        collectGarbage();
        detectors.forEach(RecordingDetector::poll);
        List<String> taken = new ArrayList<>();
        for (String leak = leaks.poll(); leak != null; leak = leaks.poll()) {
            taken.add(leak);
        }
        return taken;
    }

    private static void collectGarbage() {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Reference<Object> canary = new WeakReference<>(new Object(), collected);
        System.gc();
        try {
            if (collected.remove(COLLECTION_TIMEOUT_MILLIS) != canary) {
                throw new IllegalStateException("System.gc() collects nothing: is -XX:+DisableExplicitGC set?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for leaks", e);
        }
    }
}
