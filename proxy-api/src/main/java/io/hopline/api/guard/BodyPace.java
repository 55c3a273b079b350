package io.hopline.api.guard;

import io.netty.channel.EventLoop;

/** Holds a client to the least rate that its limits ask of a request's body, while the proxy waits for it. */
public final class BodyPace extends Watched {

    /** Long enough for a lost packet or two, and two of them fit into the 30 s that nobody may take. */
    private static final int WINDOW_SECONDS = 15;

    private final Guard guard;
    private final Body body;
    private int seconds;
    private long bytesBefore;

    private BodyPace(Guard guard, Body body) {
        this.guard = guard;
        this.body = body;
    }

    /** A body on its way. */
    public interface Body {
        /** Bytes that have come so far. */
        long bytes();

        /** Whether there is room for more, so that only the client can be slow. */
        boolean isAwaited();

        /** It comes too slowly; called once. */
        void tooSlow(String outcome);
    }

    /** Holds the client to it until {@link #end}; on the loop. */
    public static BodyPace keep(Guard guard, EventLoop loop, Body body) {
        BodyPace pace = new BodyPace(guard, body);
        pace.watchOn(loop);
        return pace;
    }

    /** The body has ended, or nobody wants it any more. */
    public void end() {
        unwatch();
    }

    @Override
    protected void second() {
        if (!body.isAwaited() || ++seconds < WINDOW_SECONDS) {
            return;
        }
        long bytes = body.bytes();
        if (bytes - bytesBefore < (long) guard.limits().minBodyRate() * WINDOW_SECONDS) {
            unwatch();
            guard.counts().add(GuardEvent.SLOW_BODY);
            body.tooSlow(
                    "the request's body came with less than " + guard.limits().minBodyRate() + " bytes a second");
        }
        bytesBefore = bytes;
        seconds = 0;
    }
}
