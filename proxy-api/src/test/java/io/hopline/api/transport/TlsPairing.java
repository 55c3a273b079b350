package io.hopline.api.transport;

import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.stream.Stream;

/** Who does TLS at which end, by which version. */
record TlsPairing(SslProvider client, SslProvider server, TlsVersion version) {

    static Stream<TlsPairing> all() {
        return providers()
                .flatMap(client -> providers()
                        .flatMap(server -> Stream.of(TlsVersion.values())
                                .map(version -> new TlsPairing(client, server, version))));
    }

    /** Both ends go on sending when the other has ended: the JDK does not with TLS 1.2. */
    static Stream<TlsPairing> halfClosing() {
        return all().filter(p -> p.version == TlsVersion.TLS_1_3
                || (p.client == SslProvider.OPENSSL && p.server == SslProvider.OPENSSL));
    }

    static Stream<SslProvider> providers() {
        return Stream.of(SslProvider.JDK, SslProvider.OPENSSL);
    }

    TlsLayer layer() {
        return new TlsClientConfig()
                .trust(List.of(Certificates.CA.getCertificate()))
                .provider(client)
                .build();
    }

    InboundTls front() {
        return new TlsServerConfig()
                .key(Certificates.key(Certificates.PROXY))
                .maxVersion(version)
                .provider(server)
                .build();
    }

    @Override
    public String toString() {
        return client + " to " + server + ", " + version.protocol();
    }
}
