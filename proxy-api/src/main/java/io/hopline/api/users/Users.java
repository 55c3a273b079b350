package io.hopline.api.users;

import io.hopline.api.Session;
import io.hopline.api.settings.Settings;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/** Who may use an inbound, and how they prove it. */
@FunctionalInterface
public interface Users {

    /** What comes of a check. */
    enum Answer {
        RIGHT,
        WRONG,
        /** Nobody has looked, for want of time: says nothing of the password, and counts as no attempt. */
        TOO_BUSY
    }

    /**
     * Checks a password; takes as long for a user who does not exist as for one who does.
     *
     * @return completes on the loop; never fails
     */
    Future<Answer> check(String user, String password, EventLoop loop);

    /**
     * As {@link #check(String, String, EventLoop)}, for this session: what comes from an address that is wrong too often may be answered
     * late, or by {@link Answer#TOO_BUSY}.
     */
    default Future<Answer> check(String user, String password, Session session) {
        return check(user, password, session.loop());
    }

    /** Reads {@code users = { name = password }} or {@code users-file = htpasswd}; empty if the settings name neither. */
    static Optional<Users> read(Settings settings) {
        return UserSettings.read(settings);
    }
}
