package io.hopline.api.guard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many of something each of many has, none of whom may have more than a number; for use by any thread. */
final class Tally<K> {

    private final int most;
    private final ConcurrentMap<K, Integer> counts = new ConcurrentHashMap<>();

    Tally(int most) {
        this.most = most;
    }

    /** Takes one more, to be given back; false if that would be one too many. */
    boolean take(K who) {
        int[] before = {0};
        counts.compute(who, (key, count) -> {
            before[0] = count == null ? 0 : count;
            return Math.min(before[0] + 1, most);
        });
        return before[0] < most;
    }

    void giveBack(K who) {
        counts.computeIfPresent(who, (key, count) -> count == 1 ? null : count - 1);
    }
}
