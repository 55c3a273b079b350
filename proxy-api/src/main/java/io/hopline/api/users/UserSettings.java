package io.hopline.api.users;

import io.hopline.api.settings.Live;
import io.hopline.api.settings.Secret;
import io.hopline.api.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code users} and {@code users-file}. */
final class UserSettings {

    private static final String USERS = "users";
    private static final String FILE = "users-file";

    private static final Duration BETWEEN_GUESSES = Duration.ofSeconds(1);

    private UserSettings() {}

    /** On a port with several protocols each of them reads this: their users must be the same, or a guesser begins anew on each. */
    static Optional<Users> read(Settings settings) {
        boolean any = settings.has(USERS) || settings.has(FILE);
        Map<String, Secret> passwords = new HashMap<>();
        settings.section(USERS)
                .ifPresent(users -> users.keys().forEach(name -> {
                    String password = users.string(name);
                    if (name.isEmpty() || password.isEmpty()) {
                        users.problem(
                                name, "a user without a name or a password is nobody: whoever asks would be let in");
                    }
                    passwords.put(name, new Secret(password));
                }));
        Named named = new Named(passwords, settings.optionalPath(FILE));
        return any ? Optional.of(settings.once(named, Users.class, () -> users(named, settings))) : Optional.empty();
    }

    private static Users users(Named named, Settings settings) {
        Map<String, PasswordHash> hashes = new HashMap<>();
        named.passwords.forEach((name, password) -> hashes.put(name, PasswordHash.plain(password.reveal())));
        if (!settings.isSound(USERS, FILE)) {
            return new KnownUsers(hashes);
        }
        Optional<UserFile> file = named.file.map(path -> new UserFile(path, hashes));
        Optional<UserFile.Contents> contents = file.map(UserFile::read);
        contents.ifPresent(read -> read.problems().forEach(problem -> settings.problem(FILE, problem)));
        boolean readable = contents.map(read -> read.problems().isEmpty()).orElse(true);
        if (readable && contents.map(UserFile.Contents::users).orElse(hashes).isEmpty()) {
            settings.problem(settings.has(FILE) ? FILE : USERS, "names no user, so nobody could ever get in");
        }
        Users users = new KnownUsers(hashes);
        if (file.isPresent()) {
            try {
                users = new LiveUsers(new Live<>(file.get(), "files of users", System::nanoTime));
            } catch (IOException e) {
                // What is wrong with it was told above, or came up since; then this tells it.
                if (contents.get().problems().isEmpty()) {
                    settings.problem(FILE, String.valueOf(e.getMessage()));
                }
            }
        }
        return new PatientUsers(users, BETWEEN_GUESSES);
    }

    private record Named(Map<String, Secret> passwords, Optional<Path> file) {}
}
