package io.hopline.api.users;

import io.hopline.api.settings.Live;
import io.hopline.api.settings.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file as htpasswd writes it.
 *
 * @param others users who are known besides
 */
record UserFile(Path path, Map<String, PasswordHash> others) implements Live.Source<Users> {

    /** Editors of Windows begin a file with it. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What stands in the file: the users, and in a sentence each what is wrong with it. */
    record Contents(Map<String, PasswordHash> users, List<String> problems) {}

    Contents read() {
        Map<String, PasswordHash> users = new HashMap<>(others);
        List<String> problems = new ArrayList<>();
        List<String> lines = List.of();
        try {
            String text = Files.readString(path);
            lines = text.substring(text.startsWith(BYTE_ORDER_MARK) ? 1 : 0)
                    .lines()
                    .toList();
        } catch (IOException e) {
            problems.add(path + ": " + Unreadable.why(e));
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String where = path + ":" + (i + 1) + ": ";
                int colon = line.indexOf(':');
                Optional<PasswordHash> hash = PasswordHash.parse(line.substring(colon + 1));
                if (colon <= 0 || hash.isEmpty()) {
                    problems.add(where + "expected name:hash as htpasswd -B writes it"
                            + " (bcrypt with a cost from 04 to 31, apr1, SHA, SHA-256 and SHA-512 are known)");
                } else if (users.putIfAbsent(line.substring(0, colon), hash.get()) != null) {
                    problems.add(where + "a user of this name was there before");
                }
            }
        }
        return new Contents(users, problems);
    }

    /** Nobody at all may be what the file says by now: whoever was taken out of it is out. */
    @Override
    public Users load() throws IOException {
        Contents contents = read();
        if (!contents.problems().isEmpty()) {
            throw new IOException(String.join("; ", contents.problems()));
        }
        return new KnownUsers(contents.users());
    }

    @Override
    public List<Path> files() {
        return List.of(path);
    }
}
