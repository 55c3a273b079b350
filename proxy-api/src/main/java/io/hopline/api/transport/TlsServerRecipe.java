package io.hopline.api.transport;

import io.hopline.api.settings.Live;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How a server's context is made, as often as its files change.
 *
 * @param authorities of clients, where they are in no file
 * @param authoritiesFile where they are
 * @param provider asked no sooner than a context is made, for it takes a while to find the best
 */
record TlsServerRecipe(
        List<KeySource> keys,
        ClientAuth clientAuth,
        List<X509Certificate> authorities,
        Optional<Path> authoritiesFile,
        List<String> protocols,
        List<String> alpn,
        Supplier<SslProvider> provider)
        implements Live.Source<LateContext> {

    @Override
    public LateContext load() throws IOException {
        List<ServerKey> read = new ArrayList<>();
        for (KeySource key : keys) {
            read.add(key.read());
        }
        ServerKeys manager = new ServerKeys(read);
        X509ExtendedTrustManager clients = clients();
        return new LateContext(() -> make(manager, clients));
    }

    private SslContext make(ServerKeys manager, X509ExtendedTrustManager clients) {
        SslProvider by = provider.get();
        SslContextBuilder builder = by == SslProvider.JDK
                ? SslContextBuilder.forServer(manager)
                : SslContextBuilder.forServer(new OpenSslCachingX509KeyManagerFactory(new Only(manager)));
        builder.clientAuth(clientAuth).trustManager(clients);
        return TlsContexts.build(builder, by, protocols, alpn);
    }

    private X509ExtendedTrustManager clients() throws IOException {
        if (clientAuth == ClientAuth.NONE) {
            // Without one Netty reads all CAs of the system and hands them to OpenSSL, for clients that are asked for
            // nothing.
            return TrustManagers.NOBODY;
        }
        return TrustManagers.only(
                authoritiesFile.isPresent()
                        ? KeyFile.authorities(authoritiesFile.get(), Optional.empty())
                        : authorities);
    }

    @Override
    public List<Path> files() {
        return Stream.concat(keys.stream().flatMap(key -> key.files().stream()), authoritiesFile.stream())
                .toList();
    }

    /** Hands one key manager out; behind the caching factory a key is handed to OpenSSL once, not once for each connection. */
    private static final class Only extends SimpleKeyManagerFactory {

        private final KeyManager manager;

        Only(KeyManager manager) {
            this.manager = manager;
        }

        @Override
        protected void engineInit(KeyStore store, char[] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {manager};
        }
    }
}
