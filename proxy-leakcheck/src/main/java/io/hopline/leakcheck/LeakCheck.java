package io.hopline.leakcheck;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a Netty buffer, or any other resource that Netty counts, is found lost.
 *
 * <p>Found by ServiceLoader where {@code junit.jupiter.extensions.autodetection.enabled} is true, else named by
 * {@code @ExtendWith}. Every resource is watched, not a sample of them.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final LeakRecorder RECORDER = new LeakRecorder();

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(RECORDER);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // What became garbage only after its own class had ended is found when the whole run ends.
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(LeakCheck.class))
                .computeIfAbsent(AutoCloseable.class, key -> (AutoCloseable) () -> failOnLeaks("the last test class"));
    }

    /** @throws AssertionError if something leaked, with the places where it was last used */
    @Override
    public void afterAll(ExtensionContext context) {
        // A nested class shares what its outer class still holds.
        if (!context.getRequiredTestClass().isAnnotationPresent(Nested.class)) {
            failOnLeaks(context.getDisplayName());
        }
    }

    private static void failOnLeaks(String when) {
        List<String> leaks = RECORDER.takeLeaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(
                    leaks.size() + " leaked by the end of " + when + ":\n" + String.join("\n\n", leaks));
        }
    }
}
