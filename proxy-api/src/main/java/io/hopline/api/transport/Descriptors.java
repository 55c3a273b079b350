package io.hopline.api.transport;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes file descriptors, which are gone whether or not that succeeds. */
final class Descriptors {

    private static final Logger log = LoggerFactory.getLogger(Descriptors.class);

    private Descriptors() {}

    static void close(FileDescriptor descriptor) {
        try {
            descriptor.close();
        } catch (IOException e) {
            log.debug("a file descriptor did not close well", e);
        }
    }
}
