package io.hopline.api.users;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** What an address did wrong, and what of it is being checked; used by several loops. */
final class Guesses<G> {

    /** How often an address may be wrong at full speed. */
    static final int FREE = 10;

    private static final int LONGEST_QUEUE = 10;
    private static final int MOST_WAITING = 1_000;

    private final Queue<G> waiting = new ArrayDeque<>();
    private int wrong;
    private int underway;
    private long next = System.nanoTime();

    /** When a guess is checked. */
    enum Turn {
        NOW,
        /** Among those that are handed back by {@link #leave}. */
        LATER,
        /** At the pace of {@link #turn}. */
        SLOWLY,
        NEVER
    }

    /** A guess comes; who is told that it is checked now must {@link #leave}. */
    synchronized Turn enter(G guess) {
        if (wrong > FREE) {
            return Turn.SLOWLY;
        }
        if (wrong + underway <= FREE) {
            underway++;
            return Turn.NOW;
        }
        return waiting.size() < MOST_WAITING && waiting.add(guess) ? Turn.LATER : Turn.NEVER;
    }

    /** A guess that entered has been checked: those that are handed back may enter again. */
    synchronized List<G> leave() {
        underway--;
        if (wrong > FREE) {
            List<G> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        }
        G first = waiting.poll();
        return first == null ? List.of() : List.of(first);
    }

    synchronized void wrong() {
        wrong++;
    }

    /** Whether there is nothing to remember. */
    synchronized boolean areNone() {
        return wrong == 0 && underway == 0 && waiting.isEmpty();
    }

    /** Nanoseconds until one more guess may be checked; negative if too many wait already. */
    synchronized long turn(long now, long interval) {
        long turn = Math.max(0, next - now) + interval;
        if (turn > LONGEST_QUEUE * interval) {
            return -1;
        }
        next = now + turn;
        return turn;
    }
}
