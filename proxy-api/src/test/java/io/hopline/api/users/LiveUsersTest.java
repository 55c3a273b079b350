package io.hopline.api.users;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hopline.api.settings.Live;
import io.hopline.api.users.Users.Answer;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changes, on a clock of the test's own. */
final class LiveUsersTest {

    private static final String ALICE = "alice:{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=\n";
    private static final String BOB = "bob:{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=\n";

    private final EventLoop loop = new DefaultEventLoop();
    private final AtomicLong now = new AtomicLong();

    @TempDir
    private Path folder;

    private int changes;

    @AfterEach
    void endLoop() {
        loop.shutdownGracefully(0, 0, SECONDS);
    }

    @Test
    void letsInWhoeverIsInTheFileNow() throws Exception {
        write(ALICE);
        Users users = live();
        assertThat(check(users, "alice")).isTrue();
        assertThat(check(users, "bob")).isFalse();
        write(BOB);
        now.addAndGet(Live.PAUSE.toNanos());
        await().until(() -> check(users, "bob"));
        assertThat(check(users, "alice")).isFalse();
        write("# nobody\n");
        now.addAndGet(Live.PAUSE.toNanos());
        await().until(() -> !check(users, "bob"));
    }

    @Test
    void keepsWhomItKnewWhileTheFileCantBeUsed() throws Exception {
        write(ALICE);
        Users users = live();
        write("alice:{SHA}ti");
        now.addAndGet(Live.PAUSE.toNanos());
        assertThat(check(users, "alice")).isTrue();
        write(ALICE + BOB);
        now.addAndGet(Live.PAUSE.toNanos());
        await().until(() -> check(users, "bob"));
    }

    @Test
    void keepsTheUsersOfTheConfig() throws Exception {
        write(ALICE);
        Users users = live();
        write(BOB);
        now.addAndGet(Live.PAUSE.toNanos());
        await().until(() -> check(users, "bob"));
        assertThat(check(users, "carol")).isTrue();
    }

    private Users live() throws IOException {
        UserFile file = new UserFile(folder.resolve("htpasswd"), Map.of("carol", PasswordHash.plain("wonderland")));
        return new LiveUsers(new Live<>(file, "files of users", now::get));
    }

    private boolean check(Users users, String user) throws Exception {
        return users.check(user, "wonderland", loop).get(10, SECONDS) == Answer.RIGHT;
    }

    private void write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("htpasswd"), text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1_000L * ++changes));
    }
}
