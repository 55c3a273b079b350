package io.hopline.api.users;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed set of users; slow hashes are checked on threads of their own, and what proved right is remembered for a while.
 *
 * <p>Only right passwords are remembered, under a keyed digest: guessing costs the guesser every time and can't fill the memory.
 */
final class KnownUsers implements Users {

    private static final Logger log = LoggerFactory.getLogger(Users.class);

    private static final int REMEMBERED = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    static final int THREADS = 2;
    static final int WAITING = 1_000;

    private final Map<String, PasswordHash> hashes;
    private final List<PasswordHash> decoys;
    private final byte[] key = new byte[32];
    private final Cache<ByteBuffer, Boolean> proved = CacheBuilder.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();
    private final ThreadPoolExecutor hashing;

    KnownUsers(Map<String, PasswordHash> hashes) {
        this.hashes = Map.copyOf(hashes);
        this.decoys = List.copyOf(hashes.values());
        new SecureRandom().nextBytes(key);
        // The threads end by themselves when there is nothing to check, so nobody has to close this.
        hashing = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                100,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(WAITING),
                new DefaultThreadFactory("hopline-passwords", true));
        hashing.allowCoreThreadTimeOut(true);
    }

    @Override
    public Future<Answer> check(String user, String password, EventLoop loop) {
        if (decoys.isEmpty()) {
            return loop.newSucceededFuture(Answer.WRONG);
        }
        PasswordHash known = hashes.get(user);
        // A user who does not exist is checked against another's hash, chosen by the name: neither time nor its changes
        // tell.
        PasswordHash hash = known != null ? known : decoys.get(Math.floorMod(user.hashCode(), decoys.size()));
        if (!hash.slow()) {
            return loop.newSucceededFuture(answer(hash.matches(password) && known != null));
        }
        ByteBuffer digest = ByteBuffer.wrap(
                new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(user.length() + ":" + user + password));
        if (proved.getIfPresent(digest) != null) {
            return loop.newSucceededFuture(Answer.RIGHT);
        }
        Promise<Answer> promise = loop.newPromise();
        try {
            hashing.execute(() -> {
                boolean right = matches(hash, password) && known != null;
                if (right) {
                    proved.put(digest, true);
                }
                promise.trySuccess(answer(right));
            });
        } catch (RejectedExecutionException tooMany) {
            promise.trySuccess(Answer.TOO_BUSY);
        }
        return promise;
    }

    /** Whatever breaks in there, whoever waits for it is answered. */
    private static boolean matches(PasswordHash hash, String password) {
        try {
            return hash.matches(password);
        } catch (Throwable e) {
            log.error("a password can't be checked, and is taken for a wrong one", e);
            return false;
        }
    }

    private static Answer answer(boolean right) {
        return right ? Answer.RIGHT : Answer.WRONG;
    }
}
