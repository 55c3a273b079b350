package io.hopline.api.users;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import io.hopline.api.Session;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Makes guessing slow: from an address with more than {@link #FREE} wrong passwords in ten minutes one attempt is checked for each
 * interval, and the others wait for their turn.
 *
 * <p>Who got in from that address before does not wait, so that one guesser behind a shared address does not lock out the others.
 * What is remembered is bounded; of IPv6 addresses it is the network (/64), since a guesser has all of that.
 */
final class PatientUsers implements Users {

    /** How often an address may be wrong at full speed. */
    static final int FREE = 10;

    private static final int REMEMBERED = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
    private static final int LONGEST_QUEUE = 10;
    private static final int NETWORK_BYTES = 8;

    private final Users users;
    private final long interval;
    /** A keyed hash that is cheap: it is computed for every password, right or wrong. */
    private final HashFunction proofs;

    private final Cache<Object, Failures> failures = cache();
    private final Cache<HashCode, Boolean> proved = cache();

    /** @param interval between two checks for an address that was wrong too often */
    PatientUsers(Users users, Duration interval) {
        this.users = users;
        this.interval = interval.toNanos();
        SecureRandom random = new SecureRandom();
        this.proofs = Hashing.sipHash24(random.nextLong(), random.nextLong());
    }

    private static <K, V> Cache<K, V> cache() {
        return CacheBuilder.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(REMEMBERED_FOR)
                .build();
    }

    @Override
    public Future<Answer> check(String user, String password, EventLoop loop) {
        return users.check(user, password, loop);
    }

    @Override
    public Future<Answer> check(String user, String password, Session session) {
        EventLoop loop = session.loop();
        Object address = address(session.client());
        HashCode proof = proofs.hashUnencodedChars(address + " " + user.length() + ":" + user + password);
        Failures known = failures.getIfPresent(address);
        if (known == null || known.count() <= FREE || proved.getIfPresent(proof) != null) {
            return remembered(users.check(user, password, loop), address, proof);
        }
        session.guard().passwordSlowed();
        long wait = known.turn(System.nanoTime(), interval);
        if (wait < 0) {
            return loop.newSucceededFuture(Answer.TOO_BUSY);
        }
        Promise<Answer> answer = loop.newPromise();
        loop.schedule(
                () -> remembered(users.check(user, password, loop), address, proof)
                        .addListener((Future<Answer> done) -> answer.trySuccess(done.getNow())),
                wait,
                TimeUnit.NANOSECONDS);
        return answer;
    }

    private Future<Answer> remembered(Future<Answer> checked, Object address, HashCode proof) {
        return checked.addListener((Future<Answer> done) -> {
            if (done.getNow() == Answer.RIGHT) {
                proved.put(proof, true);
            } else if (done.getNow() == Answer.WRONG) {
                Failures ofAddress = failures.asMap().computeIfAbsent(address, a -> new Failures());
                ofAddress.add();
                // Written anew, it is remembered for longer.
                failures.put(address, ofAddress);
            }
        });
    }

    private static Object address(SocketAddress client) {
        InetAddress address = client instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address instanceof Inet6Address) {
            return ByteBuffer.wrap(address.getAddress(), 0, NETWORK_BYTES).slice();
        }
        return address == null ? client : address;
    }

    /** What an address did wrong; used by several loops. */
    private static final class Failures {

        private int count;
        private long next = System.nanoTime();

        synchronized void add() {
            count++;
        }

        synchronized int count() {
            return count;
        }

        /** Nanoseconds until one more attempt may be checked; negative if too many wait already. */
        synchronized long turn(long now, long interval) {
            long turn = Math.max(0, next - now) + interval;
            if (turn > LONGEST_QUEUE * interval) {
                return -1;
            }
            next = now + turn;
            return turn;
        }
    }
}
