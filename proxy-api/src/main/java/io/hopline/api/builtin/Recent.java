package io.hopline.api.builtin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A map that forgets what was used longest ago once there is too much. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;
    private final transient Consumer<V> forgotten;

    /** @param forgotten is told of each value that is forgotten */
    Recent(int most, Consumer<V> forgotten) {
        super(16, 0.75f, true);
        this.most = most;
        this.forgotten = forgotten;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        if (size() <= most) {
            return false;
        }
        forgotten.accept(eldest.getValue());
        return true;
    }
}
