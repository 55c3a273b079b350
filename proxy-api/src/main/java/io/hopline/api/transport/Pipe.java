package io.hopline.api.transport;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/** A pipe of the kernel, which holds bytes on their way from one socket to another. */
record Pipe(FileDescriptor out, FileDescriptor in) {

    /** @throws IOException if there are too many open files */
    static Pipe open() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        return new Pipe(ends[0], ends[1]);
    }

    /** Drops what is in it. */
    void close() {
        Descriptors.close(out);
        Descriptors.close(in);
    }
}
