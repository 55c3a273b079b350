package io.hopline.api.guard;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How often each {@link GuardEvent} has happened at one inbound; for use by any thread. */
public final class GuardCounts {

    private final Map<GuardEvent, LongAdder> counts = new EnumMap<>(GuardEvent.class);

    GuardCounts() {
        for (GuardEvent event : GuardEvent.values()) {
            counts.put(event, new LongAdder());
        }
    }

    void add(GuardEvent event) {
        of(counts, event).increment();
    }

    /** How often it has happened since the start. */
    public long of(GuardEvent event) {
        return of(counts, event).sum();
    }

    private static LongAdder of(Map<GuardEvent, LongAdder> counts, GuardEvent event) {
        return Objects.requireNonNull(counts.get(event));
    }
}
