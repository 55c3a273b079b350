package io.hopline.api.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Netty's io_uring loop, each of whose polls and accepts is told of once, and which ends without harm.
 *
 * <p>Netty 4.2.18 asks for ones that stay. Such polls tell only of what is new: where bytes and the end behind them come at once, and
 * nobody had asked for more than the bytes, the end is never told. Such accepts are begun again as soon as they fail, whoever asks for
 * a pause: the loop spins where no descriptors are left. Netty has no other switches for this than properties, each read once.
 */
final class UringLoop implements IoHandler {

    private static final List<String> STAYING =
            List.of("io.netty.iouring.pollAddMultishotEnabled", "io.netty.iouring.acceptMultiShotEnabled");

    private static final int LAST_TURNS = 20;
    private static final int BETWEEN_NANOS = 20_000;

    static {
        for (String property : STAYING) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, "false");
            }
        }
    }

    private final IoHandler netty;
    private boolean prepared;

    private UringLoop(IoHandler netty) {
        this.netty = netty;
    }

    static IoHandlerFactory factory() {
        return over(IoUringIoHandler.newFactory());
    }

    static IoHandlerFactory over(IoHandlerFactory netty) {
        return executor -> new UringLoop(netty.newHandler(executor));
    }

    /** Why there can be none here; null if there can. */
    static @Nullable Throwable obstacle() {
        return IoUring.unavailabilityCause();
    }

    /** Once only: each time Netty waits for all that was begun before, and whatever does not end would hold it up for good. */
    @Override
    public void prepareToDestroy() {
        if (!prepared) {
            prepared = true;
            netty.prepareToDestroy();
        }
    }

    /** Begins to wait for wakeups: see {@link #destroy}. */
    @Override
    public void initialize() {
        netty.initialize();
        netty.run(new Turn(true));
    }

    /**
     * Behind some more turns, which take about a millisecond. Where a loop ends as soon as it has begun, Netty gives memory back that is
     * written to behind that, now and then, and the C library aborts the JVM for it; where it has waited for wakeups from the beginning,
     * and these turns are behind it, that was not seen any more.
     */
    @Override
    public void destroy() {
        Turn turn = new Turn(false);
        for (int i = 0; i < LAST_TURNS; i++) {
            netty.run(turn);
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        netty.destroy();
    }

    @Override
    public int run(IoHandlerContext context) {
        return netty.run(context);
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return netty.register(handle);
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return netty.isCompatible(handleType);
    }

    @Override
    public void wakeup() {
        netty.wakeup();
    }

    /** A turn that ends at once, whether or not it may wait. */
    private record Turn(boolean canBlock) implements IoHandlerContext {

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return System.nanoTime();
        }
    }
}
