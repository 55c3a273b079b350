package io.hopline.api.settings;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A user's name and password, as a hop sends them. */
public record Credentials(String user, Secret password) {

    private static final String COLON = "Basic authentication has no colon in a user's name";

    /** Reads {@code auth { user, password }}; empty where there is no {@code auth}. */
    public static Optional<Credentials> read(Settings settings) {
        return settings.section("auth")
                .map(auth -> new Credentials(auth.string("user"), new Secret(auth.string("password"))));
    }

    /** As {@link #read}, for a hop that sends them as Basic authentication has them. */
    public static Optional<Credentials> readBasic(Settings settings) {
        Optional<Credentials> auth = read(settings);
        auth.filter(read -> read.user.indexOf(':') >= 0).ifPresent(wrong -> settings.problem("auth", COLON));
        return auth;
    }

    /**
     * For a hop that sends them as Basic authentication has them.
     *
     * @throws IllegalArgumentException if the user's name holds a colon, where Basic ends it
     */
    public static Credentials forBasic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException(COLON);
        }
        return new Credentials(user, new Secret(password));
    }

    /** As Basic authentication has them (RFC 7617), in UTF-8. */
    public AsciiString basic() {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return new AsciiString("Basic " + Base64.getEncoder().encodeToString(pair));
    }
}
