package io.hopline.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What one socket waits for: what its channel wants, and what a {@link Splice} out of it or into it makes of that.
 *
 * <p>A socket that waits for nothing stays in the epoll set. Netty 4.2.18 takes it out (netty pull request 16689) and does not put
 * it back, so that a channel whose input has ended and whose reads are off fails at the first write that would block.
 */
final class EpollRegistration implements IoRegistration, EpollIoHandle {

    private final EpollLoop loop;
    private final EpollIoHandle channel;
    private @Nullable IoRegistration netty;
    private EpollIoOps wanted = EpollIoOps.NONE;
    private @Nullable EpollIoOps told;
    private boolean fresh = true;
    private boolean queued;
    private boolean disturbed;
    private @Nullable Splice out;
    private @Nullable Splice into;

    EpollRegistration(EpollLoop loop, EpollIoHandle channel) {
        this.loop = loop;
        this.channel = channel;
    }

    void over(IoRegistration registration) {
        netty = registration;
        change();
    }

    /** What comes from this socket goes by the splice first; null for none. */
    void spliceOut(@Nullable Splice splice) {
        out = splice;
    }

    /** The splice is told when this socket takes data again; null for none. */
    void spliceInto(@Nullable Splice splice) {
        into = splice;
        change();
    }

    /** Whether the splice is told of that. */
    boolean awaits(Splice splice) {
        return into == splice;
    }

    /** Whether the channel wants to read. */
    boolean reads() {
        return wanted.contains(EpollIoOps.EPOLLIN);
    }

    /** What it waits for is not the same any more. */
    void change() {
        if (!queued) {
            queued = true;
            loop.changed(this);
        }
    }

    @Override
    public long submit(IoOps ops) {
        if (!isValid()) {
            return -1;
        }
        wanted = (EpollIoOps) ops;
        change();
        return wanted.value();
    }

    /** Tells the kernel, if there is anything new, before it is asked for events again. */
    void tell() {
        queued = false;
        fresh = false;
        EpollIoOps ops = out != null && out.blocked() ? output(wanted) : wanted;
        if (into != null) {
            ops = ops.with(EpollIoOps.EPOLLOUT);
        }
        if (ops.equals(EpollIoOps.NONE)) {
            // Edge-triggered for nothing, instead of not at all: a hang-up is told once, not for ever.
            ops = EpollIoOps.EPOLLET;
        }
        // That reads are off is not worth a call until something comes: most often they are soon on again.
        boolean known =
                ops.equals(told) || (!disturbed && ops.with(EpollIoOps.EPOLLIN).equals(told));
        disturbed = false;
        if (netty != null && netty.isValid() && !known) {
            try {
                netty.submit(ops);
                told = ops;
            } catch (UncheckedIOException e) {
                // The kernel won't watch this socket: nothing would ever be heard of it.
                close();
            }
        }
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        if (fresh) {
            // Events name a descriptor, and these have been waited for when another socket had it.
            return;
        }
        EpollIoOps ops = ((EpollIoEvent) event).ops();
        if (into != null && ops.contains(EpollIoOps.EPOLLOUT)) {
            into.writable();
        }
        if (isValid()) {
            deal(ops, event);
        }
        loop.sendIfDue();
    }

    private void deal(EpollIoOps ops, IoEvent event) {
        if (out != null && out.takes(ops)) {
            hand(output(ops));
        } else if (ops.contains(EpollIoOps.EPOLLIN) && !reads() && !ops.contains(EpollIoOps.EPOLLERR)) {
            // Nobody asked for it.
            disturbed = true;
            change();
            hand(ops.without(EpollIoOps.EPOLLIN));
        } else {
            channel.handle(this, event);
        }
    }

    /** A splice takes what comes in; what goes out by the same socket is not its business. */
    private static EpollIoOps output(EpollIoOps ops) {
        return ops.contains(EpollIoOps.EPOLLOUT) ? EpollIoOps.EPOLLOUT : EpollIoOps.NONE;
    }

    private void hand(EpollIoOps rest) {
        if (rest.value() != 0 && isValid()) {
            EpollIoEvent event = () -> rest;
            channel.handle(this, event);
        }
    }

    @Override
    public FileDescriptor fd() {
        return channel.fd();
    }

    @Override
    public void registered() {
        channel.registered();
    }

    @Override
    public void unregistered() {
        channel.unregistered();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (Exception e) {
            cancel();
        }
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's own signature.
    public <T> T attachment() {
        return checked().attachment();
    }

    @Override
    public boolean isValid() {
        return checked().isValid();
    }

    @Override
    public boolean cancel() {
        loop.cancelled(channel);
        if (channel instanceof Channel.Unsafe unsafe && unsafe.outboundBuffer() == null) {
            // It is being closed anyway; what is closed already the kernel has taken out of the epoll set by itself.
            Descriptors.close(channel.fd());
        }
        return checked().cancel();
    }

    private IoRegistration checked() {
        if (netty == null) {
            throw new IllegalStateException("not registered yet");
        }
        return netty;
    }
}
