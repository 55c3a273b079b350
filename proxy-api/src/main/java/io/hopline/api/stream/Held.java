package io.hopline.api.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on a stream and was not handed on yet.
 *
 * <p>A frame's bytes are a slice of the buffer that the connection was read into, and keep all of it alive. That is fine for bytes
 * that are handed on at once; those that stay are copied together, so that a flood of tiny frames costs what it carries.
 */
final class Held {

    private static final int CHUNK = 4 * 1024;

    private final Queue<Object> kept = new ArrayDeque<>(4);
    private final Queue<Object> fresh = new ArrayDeque<>(4);
    private @Nullable ByteBuf chunk;

    boolean isEmpty() {
        return kept.isEmpty() && fresh.isEmpty();
    }

    /** Takes bytes, or a message that is not bytes, which may be handed on at once. */
    void add(Object next) {
        fresh.add(next);
    }

    /** What is there stays. */
    void keep(ByteBufAllocator alloc) {
        for (Object next = fresh.poll(); next != null; next = fresh.poll()) {
            if (next instanceof ByteBuf bytes) {
                copy(bytes, alloc);
                bytes.release();
            } else {
                chunk = null;
                kept.add(next);
            }
        }
    }

    private void copy(ByteBuf bytes, ByteBufAllocator alloc) {
        ByteBuf last = chunk;
        if (last != null) {
            last.writeBytes(bytes, Math.min(last.maxFastWritableBytes(), bytes.readableBytes()));
        }
        if (bytes.isReadable()) {
            last = alloc.buffer(Math.max(CHUNK, bytes.readableBytes()));
            last.writeBytes(bytes);
            kept.add(last);
            chunk = last;
        }
    }

    /** Whether bytes are next. */
    boolean startsWithBytes() {
        return (kept.isEmpty() ? fresh : kept).peek() instanceof ByteBuf;
    }

    /** Takes the oldest out; there must be one. */
    Object next() {
        Object first = (kept.isEmpty() ? fresh : kept).remove();
        if (first == chunk) {
            chunk = null;
        }
        return first;
    }

    void release() {
        chunk = null;
        kept.forEach(ReferenceCountUtil::release);
        kept.clear();
        fresh.forEach(ReferenceCountUtil::release);
        fresh.clear();
    }
}
