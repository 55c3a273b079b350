package io.hopline.api.transport;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the system says of a socket; only the text is the same on every transport, the exceptions' classes are not. */
public final class SocketFailure {

    private static final String RESET = "the other side reset the connection";

    /** What Netty puts in front, as in {@code recvAddress(..) failed with error(-110): Connection timed out}. */
    private static final Pattern CALL = Pattern.compile("^\\S+\\(\\.*\\) failed(?: with error\\(-?\\d+\\))?: ");

    private SocketFailure() {}

    /** Whether the peer has reset the connection, be it that a read or that a write was told so. */
    public static boolean isReset(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return Stream.of("Connection reset", "Broken pipe", RESET).anyMatch(message::contains);
    }

    /** The failure in an operator's words. */
    public static String text(Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            return "the connection was closed";
        }
        return isReset(cause)
                ? RESET
                : CALL.matcher(String.valueOf(cause.getMessage())).replaceFirst("");
    }

    /** The failure, with those words for a message where the system's are others. */
    static Throwable told(Throwable cause) {
        boolean ofSystem = cause instanceof IOException && cause.getMessage() != null;
        return !ofSystem || text(cause).equals(cause.getMessage()) ? cause : new Told(cause);
    }

    private static final class Told extends IOException {

        private static final long serialVersionUID = 1L;

        Told(Throwable cause) {
            super(text(cause), cause);
        }

        /** It reports on the network, and peers can make as many as they like. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
