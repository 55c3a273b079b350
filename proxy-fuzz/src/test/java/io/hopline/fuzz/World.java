package io.hopline.fuzz;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.hopline.api.guard.InboundGuard;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All connections that there are for one input, and what must be true of them at any time and when all is over. */
final class World implements Outbound {

    /** What one client, and what is dialed for it, may have in memory at once, in bytes. */
    private static final long MOST_MEMORY = 4 << 20;

    private static final long DAY_MILLIS = 86_400_000;

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final Errors errors = Errors.watch();
    private final List<Line> lines = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final Dials dials;
    private final Consumer<Line> whenDialed;

    /** What becomes of what is dialed. */
    enum Dials {
        AT_ONCE,
        LATE,
        FAILING
    }

    /** @param whenDialed hears of what was dialed, before its dialer does */
    World(Dials dials, Consumer<Line> whenDialed) {
        loop.freezeTime();
        this.dials = dials;
        this.whenDialed = whenDialed;
    }

    Line line() {
        Line line = new Line(allocator, loop.eventLoop());
        lines.add(line);
        return line;
    }

    /** A session on the line's loop, as a listener begins them. */
    static Session session(Line line, @Nullable InboundGuard guard) {
        Session session = Session.of("fuzz", "fuzz", line.remoteAddress(), line.eventLoop(), SessionObserver.NONE);
        return guard == null ? session : session.withGuard(guard.guard(line));
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        Promise<Channel> promise = session.loop().newPromise();
        Runnable end = dials == Dials.FAILING
                ? () -> promise.tryFailure(
                        new DialException(Reason.REFUSED, session.towards(), Step.CONNECT, "connection refused"))
                : () -> {
                    Line line = line();
                    whenDialed.accept(line);
                    if (!promise.trySuccess(line)) {
                        line.close();
                    }
                };
        if (dials == Dials.AT_ONCE) {
            end.run();
        } else {
            waiting.add(end);
        }
        return promise;
    }

    /** Lets the loop come to rest. */
    void work() {
        loop.runPendingTasks();
        long used = used();
        if (used > MOST_MEMORY) {
            throw new AssertionError(used + " bytes are held");
        }
    }

    /** Ends the dials that wait. */
    void dialed() {
        while (!waiting.isEmpty()) {
            waiting.remove(0).run();
            work();
        }
    }

    void pass(long millis) {
        loop.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        loop.runScheduledPendingTasks();
        work();
    }

    /** What was dialed, in that order. */
    List<Line> dialedBut(Line first) {
        return lines.stream().filter(line -> !line.equals(first)).toList();
    }

    /**
     * Ends it all: the line is gone, and so all that was dialed for it has to go by itself.
     *
     * @param kept whether what was dialed may be kept for others, until its far end goes as well
     */
    void end(Line gone, boolean kept) {
        dialed();
        gone.reset();
        work();
        if (kept) {
            dialedBut(gone).forEach(Line::end);
            work();
        }
        pass(DAY_MILLIS);
        for (Line line : lines) {
            if (line.isOpen()) {
                throw new AssertionError("a connection outlives the one that it was dialed for; it was told: "
                        + new String(line.told(), StandardCharsets.ISO_8859_1));
            }
            line.check();
        }
        if (used() != 0) {
            throw new AssertionError(used() + " bytes were never released");
        }
        loop.checkException();
        errors.check();
    }

    private long used() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }
}
