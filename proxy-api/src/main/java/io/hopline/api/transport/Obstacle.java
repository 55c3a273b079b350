package io.hopline.api.transport;

import java.io.FileNotFoundException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a transport can't be used, in an operator's words. */
final class Obstacle {

    private Obstacle() {}

    /** @param cause what Netty says; null if nothing is in the way */
    static Optional<String> of(@Nullable Throwable cause) {
        if (cause == null) {
            return Optional.empty();
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof FileNotFoundException) {
            return Optional.of("there is no native library of it for this system");
        }
        if (root instanceof UnsatisfiedLinkError || root instanceof FileSystemException) {
            // As in a directory for temporary files that is full, or mounted without execution.
            return Optional.of("its native library can't be unpacked and loaded: " + root);
        }
        return Optional.of(String.valueOf(root.getMessage()).lines().findFirst().orElse(""));
    }
}
