package io.hopline.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one tunnel, one forwarded request, or a client that never got so far.
 *
 * @param target what the client asked for; empty if it never said
 * @param up bytes from the client towards the target
 * @param down bytes from the target towards the client
 * @param outcome {@code ok}, or in a few words what went wrong and at which hop
 */
public record Served(Optional<HostPort> target, long up, long down, Duration duration, String outcome) {

    public static final String OK = "ok";

    /** Nothing was relayed: the outcome says why. */
    public static Served nothing(Optional<HostPort> target, long startNanos, String outcome) {
        return new Served(target, 0, 0, Duration.ofNanos(System.nanoTime() - startNanos), outcome);
    }

    public Served withOutcome(String other) {
        return new Served(target, up, down, duration, other);
    }
}
