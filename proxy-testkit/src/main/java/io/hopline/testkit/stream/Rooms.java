package io.hopline.testkit.stream;

import java.util.HashMap;
import java.util.Map;

/** Counts what the windows of a session and of its streams let one end send; the session's is that of stream 0. */
public final class Rooms {

    private final Map<Integer, Long> rooms = new HashMap<>();

    /** Data was sent on a stream, and so in the session. */
    public void sent(int id, int bytes) {
        widened(id, -bytes);
        widened(0, -bytes);
    }

    public void widened(int id, int bytes) {
        rooms.merge(id, (long) bytes, Long::sum);
    }

    /** What is left of a window that began with so many bytes. */
    public long left(int id, int initial) {
        return initial + rooms.getOrDefault(id, 0L);
    }
}
