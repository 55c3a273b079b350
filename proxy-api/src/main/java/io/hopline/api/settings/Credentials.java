package io.hopline.api.settings;

import java.util.Optional;

/** A user's name and password, as a hop sends them. */
public record Credentials(String user, Secret password) {

    /** Reads {@code auth { user, password }}; empty where there is no {@code auth}. */
    public static Optional<Credentials> read(Settings settings) {
        return settings.section("auth")
                .map(auth -> new Credentials(auth.string("user"), new Secret(auth.string("password"))));
    }
}
