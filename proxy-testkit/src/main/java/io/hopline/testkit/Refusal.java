package io.hopline.testkit;

import io.hopline.api.DialException.Reason;
import java.io.IOException;

/**
 * A way for a server to answer other than by opening the tunnel, and what the dial has to make of it.
 *
 * @param name what the server says, for the test's name
 * @param reason what the dial fails with
 * @param behind whether the failure is that of what is behind the server, the target, rather than that of the hop
 * @param dialogue plays the server, from the connection's first byte on
 */
public record Refusal(String name, Reason reason, boolean behind, Dialogue dialogue) {

    /** What a server does with a client. */
    @FunctionalInterface
    public interface Dialogue {
        void play(Wire client) throws IOException;
    }

    /** The server tells that the target can't be had, in answer to a whole request. */
    public static Refusal ofTarget(String name, Reason reason, Dialogue dialogue) {
        return new Refusal(name, reason, true, dialogue);
    }

    /** The server itself won't or can't. */
    public static Refusal ofServer(String name, Reason reason, Dialogue dialogue) {
        return new Refusal(name, reason, false, dialogue);
    }

    /** The server says what the protocol doesn't allow. */
    public static Refusal wrong(String name, Dialogue dialogue) {
        return ofServer(name, Reason.PROTOCOL, dialogue);
    }
}
