package io.hopline.testkit;

import io.hopline.api.HopRef;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Remembers all that an observer is told. */
public final class RecordingObserver implements SessionObserver {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final List<Passed> passed = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Served> served = new LinkedBlockingQueue<>();

    /** A step that went well. */
    public record Passed(Session session, HopRef at, Step step, String detail, long nanos) {}

    /** The steps that went well so far, in order. */
    public List<Passed> passed() {
        return List.copyOf(passed);
    }

    /** Takes the next session's outcome; fails the test if none is told within ten seconds. */
    public Served takeServed() throws InterruptedException {
        Served next = served.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no session's outcome was told within " + DEADLINE.toSeconds() + " s");
        }
        return next;
    }

    /** The outcomes told and not yet taken. */
    public List<Served> served() {
        return List.copyOf(served);
    }

    @Override
    public void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {
        passed.add(new Passed(session, at, step, detail.get(), nanos));
    }

    @Override
    public void served(Session session, Served outcome) {
        served.add(outcome);
    }
}
