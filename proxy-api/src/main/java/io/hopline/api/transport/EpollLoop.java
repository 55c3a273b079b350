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
import org.jspecify.annotations.Nullable;

/**
 * Netty's epoll loop, which tells the kernel once a turn what has become of the sockets that it waits for, and lets {@link
 * Splice} take events out of the way of their channels.
 *
 * <p>Netty tells the kernel of every change at once, though it looks for events only at the end of a turn: a tunnel's life costs
 * ten such calls then.
 */
final class EpollLoop implements IoHandler {

    private static final FastThreadLocal<EpollLoop> CURRENT = new FastThreadLocal<>();

    private final IoHandler netty;
    private final IdentityHashMap<IoHandle, EpollRegistration> registrations = new IdentityHashMap<>();
    private final Queue<EpollRegistration> changed = new ArrayDeque<>();
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
        return netty.run(context);
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
