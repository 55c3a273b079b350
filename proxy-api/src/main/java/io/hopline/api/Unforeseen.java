package io.hopline.api;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of whatever inbounds and hops throw, which may be anybody's: they are called by listeners and handlers, and what those
 * throw reaches nobody.
 */
public final class Unforeseen {

    private static final Logger log = LoggerFactory.getLogger(Unforeseen.class);

    /** A plugin that can't be linked stays so until the next start, however many clients ask for it. */
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Unforeseen() {}

    /** Begins a dial; if it throws, it fails. */
    public static <T> Future<T> dial(Session session, Supplier<Future<T>> dial) {
        try {
            return dial.get();
        } catch (RuntimeException | LinkageError e) {
            logDefect(session, e);
            return session.loop().newFailedFuture(DialException.from(e, session.towards(), Step.CONNECT));
        }
    }

    /** Has the inbound serve the client; if it throws, the client is dropped. */
    public static void accept(Inbound inbound, Channel client, Session session) {
        try {
            inbound.accept(client, session);
        } catch (RuntimeException | LinkageError e) {
            drop(client, session, Optional.empty(), e);
        }
    }

    /**
     * Resets a client whose service or answer threw this, and tells the observer.
     *
     * @param target what the client has asked for, as far as it is known
     */
    public static void drop(Channel client, Session session, Optional<HostPort> target, Throwable thrown) {
        logDefect(session, thrown);
        client.writeAndFlush(Abort.INSTANCE);
        session.observer().served(session, Served.nothing(target, System.nanoTime(), text(thrown)));
    }

    /** What to tell the operator of it, in a line. */
    public static String text(Throwable thrown) {
        if (!(thrown instanceof LinkageError error)) {
            return String.valueOf(thrown.getMessage());
        }
        String text = PluginFault.text(error);
        if (TOLD.add(text)) {
            log.error("{}", text);
        }
        return text;
    }

    private static void logDefect(Session session, Throwable thrown) {
        if (thrown instanceof RuntimeException) {
            log.error("session {}: an inbound or a hop threw instead of failing", session.id(), thrown);
        }
    }
}
