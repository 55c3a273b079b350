package io.hopline.api.settings;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A user's name and password, as a hop sends them. */
public record Credentials(String user, Secret password) {

    /** Reads {@code auth { user, password }}; empty where there is no {@code auth}. */
    public static Optional<Credentials> read(Settings settings) {
        return settings.section("auth")
                .map(auth -> new Credentials(auth.string("user"), new Secret(auth.string("password"))));
    }

    /** As Basic authentication has them (RFC 7617), in UTF-8. */
    public AsciiString basic() {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return new AsciiString("Basic " + Base64.getEncoder().encodeToString(pair));
    }
}
