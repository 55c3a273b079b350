package io.hopline.api.guard;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** What may take too long, and is looked at once a second meanwhile; all on one event loop. */
public abstract class Watched {

    @Nullable Watch watch;

    @Nullable Watched previous;

    @Nullable Watched next;

    /** Looks at it from now on, on the loop; it must not be watched already. */
    protected final void watchOn(EventLoop loop) {
        Watch.of(loop).add(this);
    }

    /** Looks at it no more. */
    protected final void unwatch() {
        if (watch != null) {
            watch.remove(this);
        }
    }

    /** A second is over; may end the watch. */
    protected abstract void second();
}
