package io.hopline.connect;

import io.hopline.api.Session;
import io.hopline.api.settings.Settings;
import io.hopline.api.users.Users;
import io.hopline.api.users.Users.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks clients who they are by the Basic scheme (RFC 7617), where there are users at all.
 *
 * @param realm what the client may show to its user
 */
public record BasicAuthentication(Optional<Users> users, String realm) {

    private static final String BASIC = "basic ";
    /** No challenge, at which a client would forget a password that may be right. */
    private static final Refusal TOO_BUSY = new Refusal(
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    "Too many passwords wait to be checked. Try again in a moment.",
                    ProxyStatus.INTERNAL_ERROR)
            .with(HttpHeaderNames.RETRY_AFTER, "1");

    private static final Pattern QUOTABLE = Pattern.compile("[ !#-\\[\\]-~]+");

    /**
     * What comes of a request's credentials.
     *
     * @param session of that user; as it was for a client who is refused
     * @param refusal what a client is told who is not let in
     */
    public record Admission(Session session, Optional<Refusal> refusal) {}

    /** Reads {@code users}, {@code users-file} and {@code realm}. */
    public static BasicAuthentication read(Settings settings) {
        String realm = settings.string("realm");
        if (!QUOTABLE.matcher(realm).matches()) {
            settings.problem("realm", "expected printable ASCII without quotes and backslashes");
        }
        settings.section("users").ifPresent(BasicAuthentication::objectToColons);
        return new BasicAuthentication(Users.read(settings), realm);
    }

    /** RFC 7617 section 2: the first colon ends the name. Others know no such rule, so {@code users} may hold such names there. */
    private static void objectToColons(Settings users) {
        users.keys().stream()
                .filter(name -> name.indexOf(':') >= 0)
                .forEach(name -> users.problem(
                        name,
                        "Basic authentication has no colon in a user's name, so this one could never log in; choose another, or"
                                + " serve it by type = socks5 alone"));
    }

    /**
     * Finds out who sent the request, and takes the credentials off it: they are for us alone (RFC 9110 section 11.7.2).
     *
     * @return completes on the session's loop; never fails
     */
    public Future<Admission> admit(HttpRequest request, Session session) {
        List<String> sent = request.headers().getAll(HttpHeaderNames.PROXY_AUTHORIZATION);
        request.headers().remove(HttpHeaderNames.PROXY_AUTHORIZATION);
        if (users.isEmpty()) {
            return session.loop().newSucceededFuture(new Admission(session, Optional.empty()));
        }
        String pair = sent.size() == 1 ? pair(sent.get(0)) : "";
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return session.loop().newSucceededFuture(new Admission(session, Optional.of(challenge())));
        }
        String user = pair.substring(0, colon);
        Promise<Admission> admitted = session.loop().newPromise();
        users.get()
                .check(user, pair.substring(colon + 1), session)
                .addListener((Future<Answer> checked) -> admitted.trySuccess(
                        switch (checked.getNow()) {
                            case RIGHT -> new Admission(session.withUser(user), Optional.empty());
                            case WRONG -> new Admission(session, Optional.of(challenge()));
                            case TOO_BUSY -> new Admission(session, Optional.of(TOO_BUSY));
                        }));
        return admitted;
    }

    private Refusal challenge() {
        return new Refusal(
                        HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED,
                        "This proxy needs a user name and a password, and got none or other ones.")
                .with(HttpHeaderNames.PROXY_AUTHENTICATE, "Basic realm=\"" + realm + "\", charset=\"UTF-8\"");
    }

    /** {@code user:password}, or something without a colon where there is none to read. */
    private static String pair(String credentials) {
        if (!credentials.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(credentials.substring(BASIC.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            return pair.chars().anyMatch(Character::isISOControl) ? "" : pair;
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
