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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes guessing slow: from an address with more than {@link Guesses#FREE} wrong passwords in ten minutes one attempt is checked for each
 * interval, and the others wait for their turn. What is being checked may be wrong: more than that are not checked side by side.
 *
 * <p>Who got in from that address before does not wait, so that one guesser behind a shared address does not lock out the others.
 * What is remembered is bounded; of IPv6 addresses it is the network (/64), since a guesser has all of that.
 */
final class PatientUsers implements Users {

    private static final int REMEMBERED = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
    /** Of IPv6; an IPv4 address has fewer. */
    private static final int NETWORK_BYTES = 8;

    private final Users users;
    private final long interval;
    /** A keyed hash that is cheap: it is computed for every password, right or wrong. */
    private final HashFunction proofs;

    private final Cache<String, Guesses<Guess>> known = cache();
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
        String network = network(session.client());
        HashCode proof = proofs.hashUnencodedChars(network + " " + user.length() + ":" + user + password);
        if (proved.getIfPresent(proof) != null) {
            return users.check(user, password, loop).addListener((Future<Answer> done) -> {
                if (done.getNow() == Answer.WRONG) {
                    proved.invalidate(proof);
                }
            });
        }
        Guess guess = new Guess(
                network,
                known.asMap().computeIfAbsent(network, n -> new Guesses<>()),
                session,
                () -> users.check(user, password, loop));
        guess.answer.addListener((Future<Answer> done) -> {
            if (done.getNow() == Answer.RIGHT) {
                proved.put(proof, true);
            }
        });
        guess.enter();
        return guess.answer;
    }

    /** Written anew, what an address did wrong is remembered for longer; what did nothing wrong is forgotten. */
    private void remember(String network, Guesses<Guess> guesses) {
        known.asMap()
                .compute(network, (n, now) -> now != null && now != guesses ? now : guesses.areNone() ? null : guesses);
    }

    /** A text that tells the networks of clients apart. */
    private static String network(SocketAddress client) {
        InetAddress address = client instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address == null) {
            return client.toString();
        }
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
    }

    /** A password that is to be checked once it is its turn. */
    private final class Guess {

        private final String network;
        private final Guesses<Guess> guesses;
        private final Session session;
        private final Supplier<Future<Answer>> check;
        private final Promise<Answer> answer;

        Guess(String network, Guesses<Guess> guesses, Session session, Supplier<Future<Answer>> check) {
            this.network = network;
            this.guesses = guesses;
            this.session = session;
            this.check = check;
            this.answer = session.loop().newPromise();
        }

        void enter() {
            switch (guesses.enter(this)) {
                case NOW -> check(true);
                case SLOWLY -> slowly();
                case NEVER -> answer.trySuccess(Answer.TOO_BUSY);
                case LATER -> {
                    // It is called again.
                }
            }
        }

        private void slowly() {
            session.guard().passwordSlowed();
            long wait = guesses.turn(System.nanoTime(), interval);
            if (wait < 0) {
                answer.trySuccess(Answer.TOO_BUSY);
            } else {
                session.loop().schedule(() -> check(false), wait, TimeUnit.NANOSECONDS);
            }
        }

        private void check(boolean entered) {
            check.get().addListener((Future<Answer> done) -> {
                if (done.getNow() == Answer.WRONG) {
                    guesses.wrong();
                }
                List<Guess> next = entered ? guesses.leave() : List.of();
                remember(network, guesses);
                answer.trySuccess(done.getNow());
                next.forEach(guess -> guess.session.loop().execute(guess::enter));
            });
        }
    }
}
