package io.hopline.api.transport;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipe of the kernel, which holds bytes on their way from one socket to another. */
record Pipe(FileDescriptor out, FileDescriptor in) {

    private static final Logger log = LoggerFactory.getLogger(Pipe.class);

    /** @throws IOException if there are too many open files */
    static Pipe open() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        return new Pipe(ends[0], ends[1]);
    }

    /** Drops what is in it. */
    void close() {
        close(out);
        close(in);
    }

    private static void close(FileDescriptor end) {
        try {
            end.close();
        } catch (IOException e) {
            log.debug("a pipe's end did not close", e);
        }
    }
}
