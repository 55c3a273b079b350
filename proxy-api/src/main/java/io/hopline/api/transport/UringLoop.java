package io.hopline.api.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import org.jspecify.annotations.Nullable;

/**
 * Netty's io_uring loop, each of whose polls is told of once.
 *
 * <p>Netty 4.2.18 asks for polls that stay, which tell only of what is new: where bytes and the end behind them come at once, and nobody
 * had asked for more than the bytes, the end is never told. Netty has no other switch for this than a property, read once.
 */
final class UringLoop {

    private static final String STAYING_POLLS = "io.netty.iouring.pollAddMultishotEnabled";

    static {
        if (System.getProperty(STAYING_POLLS) == null) {
            System.setProperty(STAYING_POLLS, "false");
        }
    }

    private UringLoop() {}

    static IoHandlerFactory factory() {
        return IoUringIoHandler.newFactory();
    }

    /** Why there can be none here; null if there can. */
    static @Nullable Throwable obstacle() {
        return IoUring.unavailabilityCause();
    }
}
