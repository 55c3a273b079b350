package io.hopline.api.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Settings;
import io.hopline.api.users.Users.Answer;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersTest {

    /** What {@code htpasswd -nb alice wonderland} prints with -B, -m, -5, -2 and -s. */
    private static final Map<String, String> LINES = Map.of(
            "bcrypt", "alice:$2y$05$zT9mgnp.MyAjokHhd/XtkeES0vBMYYlNolbSaIQG5FN8xvS5JQCjq",
            "apr1", "alice:$apr1$m7seALN8$X7c5bAFr5gPma7qH06tLf.",
            "sha512",
                    "alice:$6$eXj9qr56HjbpIVk0$sD2luFFwQAMAtd/MdhB8AplYgrkqkUFHlVWTUhj3DAURuNPWG8LH.famMEQhtN1q3EnHWX6M9iSmTD4R5iC6U1",
            "sha256", "alice:$5$G1Izi0Bntyi0/xBR$8Mlj99yEPa1lJZCNBE.bs0p2zD8OZc7PnlHIxruwlQ7",
            "sha1", "alice:{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=");

    private final EventLoop loop = new DefaultEventLoop();

    @TempDir
    private Path folder;

    @AfterEach
    void endLoop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bcrypt", "apr1", "sha512", "sha256", "sha1"})
    void knowsWhatHtpasswdWrites(String scheme) throws Exception {
        Users users = fromFile(scheme).orElseThrow();
        assertThat(check(users, "alice", "wonderland")).isTrue();
        assertThat(check(users, "alice", "wonderland")).as("from memory").isTrue();
        assertThat(check(users, "alice", "Wonderland")).isFalse();
        assertThat(check(users, "bob", "wonderland")).isFalse();
    }

    @Test
    void refusesAPasswordWithANulBehindIt() throws Exception {
        Users users = fromFile("bcrypt").orElseThrow();
        assertThat(check(users, "alice", "wonderland\0")).isFalse();
    }

    @Test
    void takesUsersOfTheConfigAndOfTheFileTogether() throws Exception {
        Users users = read("users { bob = builder }, users-file = \"" + write(line("sha1")) + "\"")
                .orElseThrow();
        assertThat(check(users, "bob", "builder")).isTrue();
        assertThat(check(users, "alice", "wonderland")).isTrue();
        assertThat(check(users, "bob", "wonderland")).isFalse();
    }

    @Test
    void takesNoByteOrderMarkForPartOfAName() throws Exception {
        Users users = read("users-file = \"" + write("\uFEFF" + line("sha1") + "\r\n") + "\"")
                .orElseThrow();
        assertThat(check(users, "alice", "wonderland")).isTrue();
    }

    @Test
    void needsNoUsers() {
        assertThat(read("")).isEmpty();
    }

    @Test
    void tellsTheLineOfAnUnknownScheme() throws IOException {
        Path file = write("# users\nalice:wonderland\n");
        assertThatThrownBy(() -> read("users-file = \"" + file + "\""))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(file + ":2: expected name:hash")
                .hasMessageNotContaining("wonderland");
    }

    /** Such a hash is no user's: whatever checks it would throw. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "32", "99"})
    void tellsTheLineOfACostThatBcryptDoesNotHave(String cost) throws IOException {
        Path file = write("# users\n" + line("bcrypt").replace("$05$", "$" + cost + "$"));
        assertThatThrownBy(() -> read("users-file = \"" + file + "\""))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(file + ":2: expected name:hash")
                .hasMessageContaining("bcrypt with a cost from 04 to 31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "09", "10", "19", "20", "29", "30", "31"})
    void knowsEveryCostThatBcryptHas(String cost) throws IOException {
        assertThat(read("users-file = \"" + write(line("bcrypt").replace("$05$", "$" + cost + "$")) + "\""))
                .isPresent();
    }

    /** Unanswered, its client would wait for ever, and so would those behind it. */
    @Test
    void takesAPasswordForWrongWhoseCheckBreaks() throws Exception {
        Users users = new KnownUsers(Map.of(
                "alice",
                new PasswordHash(
                        tried -> {
                            throw new AssertionError("a defect");
                        },
                        true)));
        assertThat(users.check("alice", "wonderland", loop).get(10, TimeUnit.SECONDS))
                .isEqualTo(Answer.WRONG);
    }

    @Test
    void tellsOfAFileThatIsNotThere() {
        assertThatThrownBy(() -> read("users-file = \"" + folder.resolve("none") + "\""))
                .hasMessageEndingWith("users-file: " + folder.resolve("none") + ": no such file");
    }

    @Test
    void tellsOfAFileThatIsNoText() throws IOException {
        Path file = Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe4, ':'});
        assertThatThrownBy(() -> read("users-file = \"" + file + "\""))
                .hasMessageEndingWith("users-file: " + file + ": no text in UTF-8");
    }

    @Test
    void tellsOfAPathThatNoFileCanHave() {
        assertThatThrownBy(() -> read("users-file = \"a\\u0000b\""))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("users-file: expected the path of a file, got ");
    }

    @Test
    void refusesAnEmptyListOfUsers() {
        assertThatThrownBy(() -> read("users {}")).hasMessageContaining("nobody could ever get in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\" = secret", "alice = \"\""})
    void refusesAUserWithoutANameOrAPassword(String user) {
        assertThatThrownBy(() -> read("users {\n" + user + " }"))
                .hasMessageMatching("(?s).*: 2: inbound.test.users.*: a user without a name or a password is nobody.*");
    }

    /** With as many checks underway and waiting as there is room for, whoever comes next is told so. */
    @Test
    void tellsAPasswordThatNobodyHasLookedAtFromAWrongOne() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        Users users = new KnownUsers(Map.of("alice", new PasswordHash(tried -> wait(looked), true)));
        List<Future<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < KnownUsers.THREADS + KnownUsers.WAITING; i++) {
            waiting.add(users.check("alice", "wonderland" + i, loop));
        }
        assertThat(users.check("alice", "wonderland", loop).get(10, TimeUnit.SECONDS))
                .isEqualTo(Answer.TOO_BUSY);
        looked.countDown();
        for (Future<Answer> one : waiting) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(Answer.RIGHT);
        }
        assertThat(check(users, "alice", "wonderland")).isTrue();
    }

    private static boolean wait(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<Users> fromFile(String scheme) throws IOException {
        return read("users-file = \"" + write(line(scheme)) + "\"");
    }

    private static String line(String scheme) {
        return Objects.requireNonNull(LINES.get(scheme));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("htpasswd"), text);
    }

    private static Optional<Users> read(String hocon) {
        return Settings.read("inbound.test", hocon, Users::read);
    }

    private boolean check(Users users, String name, String password)
            throws ExecutionException, InterruptedException, TimeoutException {
        return users.check(name, password, loop).get(10, TimeUnit.SECONDS) == Answer.RIGHT;
    }
}
