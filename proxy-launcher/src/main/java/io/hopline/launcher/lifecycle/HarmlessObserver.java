package io.hopline.launcher.lifecycle;

import io.hopline.api.HopRef;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps from a session whatever its observer throws, and logs it: who is told in the midst of a dial has sockets to look after. */
public final class HarmlessObserver implements SessionObserver {

    private static final Logger log = LoggerFactory.getLogger(SessionObserver.class);

    private final SessionObserver next;

    private HarmlessObserver(SessionObserver next) {
        this.next = next;
    }

    /** Hears what the next one does. */
    public static SessionObserver of(SessionObserver next) {
        return next == NONE ? NONE : new HarmlessObserver(next);
    }

    @Override
    public void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {
        try {
            next.passed(session, at, step, detail, nanos);
        } catch (Throwable e) {
            thrown("passed", session, e);
        }
    }

    @Override
    public void served(Session session, Served served) {
        try {
            next.served(session, served);
        } catch (Throwable e) {
            thrown("served", session, e);
        }
    }

    private void thrown(String method, Session session, Throwable e) {
        log.error(
                "session {} goes on, but its observer threw in {}.{}, which is to be mended there",
                session.id(),
                next.getClass().getName(),
                method,
                e);
    }
}
