package io.hopline.api.users;

import io.hopline.api.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code users} and {@code users-file}. */
final class UserSettings {

    private static final String USERS = "users";
    private static final String FILE = "users-file";

    private static final Duration BETWEEN_GUESSES = Duration.ofSeconds(1);

    private UserSettings() {}

    static Optional<Users> read(Settings settings) {
        boolean any = settings.has(USERS) || settings.has(FILE);
        Map<String, PasswordHash> hashes = new HashMap<>();
        settings.section(USERS)
                .ifPresent(users ->
                        users.keys().forEach(name -> hashes.put(name, PasswordHash.plain(users.string(name)))));
        settings.optionalPath(FILE).ifPresent(file -> readFile(file, hashes, settings));
        if (any && hashes.isEmpty()) {
            settings.problem(settings.has(FILE) ? FILE : USERS, "names no user, so nobody could ever get in");
        }
        return any ? Optional.of(new PatientUsers(new KnownUsers(hashes), BETWEEN_GUESSES)) : Optional.empty();
    }

    private static void readFile(Path file, Map<String, PasswordHash> hashes, Settings settings) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            settings.problem(FILE, "can't read " + file + ": " + e);
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            Optional<PasswordHash> hash = PasswordHash.parse(line.substring(colon + 1));
            if (colon <= 0 || hash.isEmpty()) {
                settings.problem(
                        FILE,
                        file + ":" + (i + 1) + ": expected name:hash as htpasswd -B writes it"
                                + " (bcrypt, apr1, SHA, SHA-256 and SHA-512 are known)");
            } else if (hashes.putIfAbsent(line.substring(0, colon), hash.get()) != null) {
                settings.problem(FILE, file + ":" + (i + 1) + ": a user of this name was there before");
            }
        }
    }
}
