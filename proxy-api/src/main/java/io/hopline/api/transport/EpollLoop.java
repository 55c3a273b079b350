package io.hopline.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's epoll loop, which tells the kernel once a turn what has become of the sockets that it waits for, dials and sends
 * what its events have made of it at the turn's end, and lets {@link Splice} take events out of the way of their channels.
 *
 * <p>Netty tells the kernel of every change at once, though it looks for events only at the end of a turn: a tunnel's life costs
 * ten such calls then. And whoever is dialed or sent to wakes up, deals with what has come and falls asleep before the next piece is
 * ready, so that each piece pays for waking somebody up: pieces that are sent one right after another mostly find everybody awake.
 */
final class EpollLoop implements IoHandler {

    private static final FastThreadLocal<EpollLoop> CURRENT = new FastThreadLocal<>();

    /** Where a turn takes longer, what others have for their peers does not wait for all of it. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final IoHandler netty;
    private final IdentityHashMap<IoHandle, EpollRegistration> registrations = new IdentityHashMap<>();
    private final Queue<EpollRegistration> changed = new ArrayDeque<>();
    private final Queue<TcpEnd> unsent = new ArrayDeque<>();
    private long unsentSinceNanos;
    private int handled;
    private boolean gathering;
    private @Nullable Pipe spare;

    private EpollLoop(IoHandler netty) {
        this.netty = netty;
    }

    static IoHandlerFactory factory() {
        IoHandlerFactory netty = EpollIoHandler.newFactory();
        return executor -> new EpollLoop(netty.newHandler(executor));
    }

    /** The loop of the calling thread; null if that is none of this kind. */
    static @Nullable EpollLoop current() {
        return CURRENT.getIfExists();
    }

    /** The channel's place in this loop; null if it has none. */
    @Nullable EpollRegistration of(Channel channel) {
        return channel.unsafe() instanceof IoHandle handle ? registrations.get(handle) : null;
    }

    /** An empty pipe, to be given back or closed. */
    Pipe takePipe() throws IOException {
        Pipe pipe = spare == null ? Pipe.open() : spare;
        spare = null;
        return pipe;
    }

    /** One is kept: while nobody waits for a slow reader a loop needs no more. */
    void giveBack(Pipe empty) {
        if (spare == null) {
            spare = empty;
        } else {
            empty.close();
        }
    }

    void changed(EpollRegistration registration) {
        changed.add(registration);
    }

    /**
     * Whether what is dialed or flushed now has to wait for a moment: the last turn was about more than one socket, and so most likely is
     * this one.
     */
    boolean gathers() {
        return gathering;
    }

    /** How many events the turn before this one dealt with. */
    int handledLast() {
        return handled;
    }

    /** Has a channel's end dial, and send what it has, by the end of this turn. */
    void sendLater(TcpEnd end) {
        if (unsent.isEmpty()) {
            unsentSinceNanos = System.nanoTime();
        }
        unsent.add(end);
    }

    /** After each event, and each client of many that are accepted: some take their time. */
    void sendIfDue() {
        if (!unsent.isEmpty() && System.nanoTime() - unsentSinceNanos > PATIENCE_NANOS) {
            send();
            gathering = true;
        }
    }

    /** What is flushed because of that goes at once: else a channel that writes on once it has written would keep the loop for itself. */
    private void send() {
        gathering = false;
        for (TcpEnd next = unsent.poll(); next != null; next = unsent.poll()) {
            next.send();
        }
    }

    void cancelled(IoHandle handle) {
        registrations.remove(handle);
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        EpollRegistration registration = new EpollRegistration(this, (EpollIoHandle) handle);
        registration.over(netty.register(registration));
        registrations.put(handle, registration);
        return registration;
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return netty.isCompatible(handleType);
    }

    @Override
    public void initialize() {
        CURRENT.set(this);
        netty.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        for (EpollRegistration next = changed.poll(); next != null; next = changed.poll()) {
            next.tell();
        }
        gathering = handled > 1;
        handled = netty.run(context);
        send();
        return handled;
    }

    @Override
    public void wakeup() {
        netty.wakeup();
    }

    @Override
    public void prepareToDestroy() {
        netty.prepareToDestroy();
    }

    @Override
    public void destroy() {
        if (spare != null) {
            spare.close();
            spare = null;
        }
        CURRENT.remove();
        netty.destroy();
    }
}
