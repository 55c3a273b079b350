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
 * that are handed on at once; those that may stay are copied together, so that a flood of tiny frames costs what it carries.
 */
final class Held {

    private static final int CHUNK = 4 * 1024;

    private final Queue<Object> queue = new ArrayDeque<>(4);
    private @Nullable ByteBuf chunk;

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Takes bytes that are about to be handed on. */
    void add(ByteBuf bytes) {
        chunk = null;
        queue.add(bytes);
    }

    /** Takes bytes that nobody waits for. */
    void keep(ByteBuf bytes, ByteBufAllocator alloc) {
        ByteBuf last = chunk;
        if (last == null || last.maxFastWritableBytes() < bytes.readableBytes()) {
            last = alloc.buffer(Math.max(CHUNK, bytes.readableBytes()));
            queue.add(last);
            chunk = last;
        }
        last.writeBytes(bytes);
        bytes.release();
    }

    /** Takes a message that is not bytes. */
    void add(Object message) {
        chunk = null;
        queue.add(message);
    }

    /** Whether bytes are next. */
    boolean startsWithBytes() {
        return queue.peek() instanceof ByteBuf;
    }

    /** Takes the oldest out; there must be one. */
    Object next() {
        Object first = queue.remove();
        if (first == chunk) {
            chunk = null;
        }
        return first;
    }

    void release() {
        chunk = null;
        queue.forEach(ReferenceCountUtil::release);
        queue.clear();
    }
}
