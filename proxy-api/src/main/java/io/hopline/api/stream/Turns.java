package io.hopline.api.stream;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the streams of a session that wait for room on its connection send one after another, one piece of data each, so that none
 * starves.
 */
public final class Turns {

    private final Set<StreamChannel> waiting = new LinkedHashSet<>();
    private @Nullable StreamChannel current;
    private boolean used;

    /** Whether the stream may send a piece while there is room: it is its turn, or nobody waits. */
    public boolean may(StreamChannel stream) {
        return waiting.isEmpty() || (stream.equals(current) && !used);
    }

    /** The stream whose turn it may be has sent a piece. */
    public void sent() {
        used = true;
    }

    /** Puts the stream behind all others that wait; it is {@linkplain StreamChannel#resume resumed} when its turn comes. */
    public void await(StreamChannel stream) {
        waiting.add(stream);
    }

    /** The stream is closed. */
    public void leave(StreamChannel stream) {
        waiting.remove(stream);
    }

    /** There is room again: resumes those that wait, in their order, while there is. */
    public void go(BooleanSupplier room) {
        if (current != null) {
            return;
        }
        try {
            while (!waiting.isEmpty() && room.getAsBoolean()) {
                StreamChannel next = waiting.iterator().next();
                waiting.remove(next);
                current = next;
                used = false;
                next.resume();
            }
        } finally {
            current = null;
        }
    }
}
