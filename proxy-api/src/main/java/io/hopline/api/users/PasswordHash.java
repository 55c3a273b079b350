package io.hopline.api.users;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * What is stored of a password, and how another is checked against it in constant time.
 *
 * @param slow whether a check takes so long that it must not run on an event loop
 */
record PasswordHash(Predicate<String> check, boolean slow) {

    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");
    private static final Pattern APR1 = Pattern.compile("\\$apr1\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}");
    private static final Pattern SHA2 =
            Pattern.compile("\\$[56]\\$(rounds=\\d{4,6}\\$)?[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{43,86}");
    private static final String SHA1 = "{SHA}";
    private static final Pattern SHA1_HASH = Pattern.compile("\\{SHA}[A-Za-z0-9+/]{27}=");

    boolean matches(String password) {
        // C programs end a password at a NUL, so one that has a NUL may mean another password to them.
        return password.indexOf('\0') < 0 && check.test(password);
    }

    /** A password as it stands in a config; only its digest is kept. */
    static PasswordHash plain(String password) {
        byte[] digest = DigestUtils.sha256(password);
        return new PasswordHash(tried -> MessageDigest.isEqual(digest, DigestUtils.sha256(tried)), false);
    }

    /** What htpasswd writes by its options -B, -m, -2, -5 and -s; empty for any other scheme. */
    static Optional<PasswordHash> parse(String stored) {
        if (BCRYPT.matcher(stored).matches()) {
            return Optional.of(new PasswordHash(tried -> bcrypt(tried, stored), true));
        }
        if (APR1.matcher(stored).matches()) {
            return Optional.of(new PasswordHash(tried -> same(stored, Md5Crypt.apr1Crypt(tried, stored)), true));
        }
        if (SHA2.matcher(stored).matches()) {
            return Optional.of(new PasswordHash(tried -> same(stored, Crypt.crypt(tried, stored)), true));
        }
        if (SHA1_HASH.matcher(stored).matches()) {
            return Optional.of(new PasswordHash(tried -> same(stored, sha1(tried)), false));
        }
        return Optional.empty();
    }

    private static boolean bcrypt(String tried, String stored) {
        BCrypt.Version version = BCrypt.Version.VERSION_2Y;
        // htpasswd, too, hashes the first 72 bytes only.
        return BCrypt.verifyer(version, LongPasswordStrategies.truncate(version))
                .verify(tried.toCharArray(), stored.toCharArray())
                .verified;
    }

    private static String sha1(String tried) {
        return SHA1 + Base64.getEncoder().encodeToString(DigestUtils.sha1(tried));
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
