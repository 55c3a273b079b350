package io.hopline.api.transport;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What stands in front of an inbound's protocol, in its fixed order: the PROXY protocol, then TLS. */
public record InboundLayers(Optional<InboundProxyProtocol> proxyProtocol, Optional<InboundTls> tls) {

    public static final InboundLayers NONE = new InboundLayers(Optional.empty(), Optional.empty());

    /**
     * Reads {@code proxy-protocol { … }} and {@code tls { … }} of an inbound.
     *
     * @param alpn what can be spoken above TLS, by its ALPN token
     */
    public static InboundLayers read(Settings settings, Map<String, AlpnProtocol> alpn) {
        return new InboundLayers(
                InboundProxyProtocol.read(settings),
                settings.section("tls", "inbound.tls").flatMap(section -> TlsServerSettings.read(section, alpn)));
    }

    /**
     * Puts the layers in front of the inbound.
     *
     * @param plainToo where there is TLS, serve clients that don't speak it as well
     * @param knownClients wraps what sees a client as soon as its address is known
     * @throws IllegalArgumentException if an ALPN protocol can't carry that inbound; the message names it and says why
     */
    public Inbound over(Inbound next, boolean plainToo, UnaryOperator<Inbound> knownClients) {
        Inbound secured =
                knownClients.apply(tls.map(t -> t.over(next, plainToo)).orElse(next));
        return proxyProtocol.map(p -> p.over(secured)).orElse(secured);
    }

    /** Whether nobody gets in without a certificate of a known CA. */
    public boolean requiresClientCertificate() {
        return tls.map(InboundTls::requiresClientCertificate).orElse(false);
    }

    /** What stands in front of the inbound's type, for example {@code proxy-protocol+tls+}; empty where nothing does. */
    public String describe() {
        return proxyProtocol.map(p -> "proxy-protocol+").orElse("")
                + tls.map(t -> "tls+").orElse("");
    }
}
