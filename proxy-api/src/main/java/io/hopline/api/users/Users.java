package io.hopline.api.users;

import io.hopline.api.settings.Settings;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/** Who may use an inbound, and how they prove it. */
@FunctionalInterface
public interface Users {

    /**
     * Checks a password; takes as long for a user who does not exist as for one who does.
     *
     * @return completes on the loop; never fails: whatever goes wrong is a no
     */
    Future<Boolean> check(String user, String password, EventLoop loop);

    /** Reads {@code users = { name = password }} or {@code users-file = htpasswd}; empty if the settings name neither. */
    static Optional<Users> read(Settings settings) {
        return UserSettings.read(settings);
    }
}
