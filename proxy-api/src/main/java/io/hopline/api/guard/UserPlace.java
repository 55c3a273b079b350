package io.hopline.api.guard;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** A connection's place among those that its user may have at once, from the dial to its end; on the connection's loop. */
public final class UserPlace {

    private static final AttributeKey<UserPlace> OF = AttributeKey.valueOf(UserPlace.class, "of");

    private final Tally<String> users;
    private final String user;
    private boolean taken = true;

    /** @param users where the place is taken already */
    UserPlace(Tally<String> users, String user) {
        this.users = users;
        this.user = user;
    }

    /** It is this connection's, as long as that is open. */
    void give(Channel connection) {
        connection.attr(OF).set(this);
        connection.closeFuture().addListener(closed -> leave());
    }

    /** The connection waits for its user to need it again, and is not counted meanwhile: whoever keeps it bounds how many there are. */
    public static void leave(Channel connection) {
        UserPlace place = of(connection);
        if (place != null) {
            place.leave();
        }
    }

    /** Its user needs it again; false if there is no place for it any more. */
    public static boolean takeAgain(Channel connection) {
        UserPlace place = of(connection);
        return place == null || place.take();
    }

    private static @Nullable UserPlace of(Channel connection) {
        return connection.hasAttr(OF) ? connection.attr(OF).get() : null;
    }

    private boolean take() {
        taken = taken || users.take(user);
        return taken;
    }

    void leave() {
        if (taken) {
            taken = false;
            users.giveBack(user);
        }
    }
}
