package io.hopline.api.stream;

import io.netty.buffer.ByteBuf;

/**
 * Follows a client's frames through the bytes of its session, and knows since when something is awaited that is no data: the first stream,
 * or the rest of a frame, or of a header block, that has begun.
 *
 * <p>Data is not its concern: how fast that comes is up to who reads it.
 */
public final class Unfinished {

    private final Framing framing;
    private final byte[] header;
    private int preface;
    private int have;
    private int payload;
    private boolean any;
    private boolean open;
    private long since = now();

    /** How a protocol frames; each is asked of a frame's whole header. */
    public interface Framing {

        /** Bytes of a frame's header. */
        int headerLength();

        /** Bytes behind the header, 0 to 2^24 - 1. */
        int length(byte[] header);

        boolean isData(byte[] header);

        /** Whether the frame belongs to a header block that goes on in the next one. */
        boolean leavesOpen(byte[] header);

        /** Whether the client asks for something by the frame, once its header block is whole. */
        boolean asks(byte[] header);
    }

    /** @param preface how many bytes come before the first frame */
    public Unfinished(Framing framing, int preface) {
        this.framing = framing;
        this.header = new byte[framing.headerLength()];
        this.preface = preface;
    }

    /** These bytes have come; none is taken. */
    public void read(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int skipped = Math.min(preface, bytes.readableBytes());
        preface -= skipped;
        at += skipped;
        while (at < bytes.writerIndex()) {
            int left = bytes.writerIndex() - at;
            if (have < header.length) {
                int more = Math.min(header.length - have, left);
                bytes.getBytes(at, header, have, more);
                have += more;
                at += more;
                payload = have == header.length ? framing.length(header) : 0;
            } else {
                int more = Math.min(payload, left);
                payload -= more;
                at += more;
            }
            if (have == header.length && payload == 0) {
                whole();
            }
        }
        boolean data = have == header.length && framing.isData(header);
        if (any && !open && (have == 0 || data)) {
            since = 0;
        } else if (since == 0) {
            since = now();
        }
    }

    private void whole() {
        have = 0;
        open = framing.leavesOpen(header);
        any |= !open && framing.asks(header);
        if (any && !open) {
            since = 0;
        }
    }

    /** Nanoseconds as of {@link System#nanoTime}, never 0; 0 if nothing is awaited. */
    public long since() {
        return since;
    }

    private static long now() {
        return System.nanoTime() | 1;
    }
}
