package io.hopline.api.stream;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the streams of a session that wait for room on its connection send one after another, some pieces of data each, so that none
 * starves, and so that whoever is behind the peer gets more with one system call than a single piece.
 */
public final class Turns {

    private static final int TURN = 64 * 1024;

    private final Set<StreamChannel> waiting = new LinkedHashSet<>();
    private @Nullable StreamChannel current;
    private final int turn;
    private int left;

    /** Turns of 64 KiB. */
    public Turns() {
        this(TURN);
    }

    /** @param turn bytes, before the last piece of a turn */
    Turns(int turn) {
        this.turn = turn;
    }

    /** Whether the stream may send a piece while there is room: it is its turn, or nobody waits. */
    public boolean may(StreamChannel stream) {
        return waiting.isEmpty() || (stream.equals(current) && left > 0);
    }

    /** The stream whose turn it may be has sent a piece of so many bytes. */
    public void sent(int bytes) {
        left -= bytes;
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
                left = turn;
                next.resume();
            }
        } finally {
            current = null;
        }
    }
}
