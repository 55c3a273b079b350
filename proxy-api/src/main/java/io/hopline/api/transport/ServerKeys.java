package io.hopline.api.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Picks a server's certificate by the name that a client asks for (SNI, RFC 6066 section 3) and the kind of key that it takes; a client
 * that asks for no name, or for one that nobody has, is shown the first, or one of another kind for the first's name.
 *
 * <p>The engine reads the ClientHello, so nothing here holds one, however long it is.
 */
final class ServerKeys extends X509ExtendedKeyManager {

    private final List<ServerKey> keys;
    private final Map<String, List<Integer>> byName = new HashMap<>();
    private final List<Integer> likeTheFirst;

    /** @param keys at least one */
    ServerKeys(List<ServerKey> keys) {
        this.keys = List.copyOf(keys);
        for (int i = 0; i < keys.size(); i++) {
            for (String name : keys.get(i).names()) {
                byName.computeIfAbsent(name, n -> new ArrayList<>()).add(i);
            }
        }
        likeTheFirst = Objects.requireNonNull(byName.get(keys.get(0).names().get(0)));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        SSLSession session = engine.getHandshakeSession();
        String found = choose(keyType, session);
        // TLS 1.2 has no cipher suites of its own for Ed25519: those for ECDSA carry it (RFC 8422 section 5.10).
        return found == null && keyType.equals("EC") ? choose("EdDSA", session) : found;
    }

    private @Nullable String choose(String keyType, SSLSession session) {
        if (!KeyKinds.isTaken(keyType, session)) {
            return null;
        }
        for (int i : candidates(session)) {
            if (keys.get(i).isOf(keyType)) {
                return String.valueOf(i);
            }
        }
        return null;
    }

    private List<Integer> candidates(SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName asked : extended.getRequestedServerNames()) {
                if (asked instanceof SNIHostName host) {
                    String name = host.getAsciiName().toLowerCase(Locale.ROOT);
                    List<Integer> exact = byName.get(name);
                    List<Integer> found = exact != null ? exact : byName.get(wildcard(name));
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return likeTheFirst;
    }

    /** A wildcard stands for the whole first label (RFC 9525 section 6.3). */
    private static String wildcard(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : "*" + name.substring(dot);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.get(Integer.parseInt(alias)).material().chainArray();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.get(Integer.parseInt(alias)).material().key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return java.util.stream.IntStream.range(0, keys.size())
                .filter(i -> keys.get(i).isOf(keyType))
                .mapToObj(String::valueOf)
                .toArray(String[]::new);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        String[] aliases = getServerAliases(keyType, issuers);
        return aliases.length == 0 ? null : aliases[0];
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
