package io.hopline.api.transport;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What stands in front of an inbound's protocol, in its fixed order: the PROXY protocol, then TLS, or else what tells clients of other
 * protocols.
 *
 * @param alpn all that TLS could agree on, by its token
 */
public record InboundLayers(
        Optional<InboundProxyProtocol> proxyProtocol, Optional<InboundTls> tls, Map<String, AlpnProtocol> alpn) {

    public static final InboundLayers NONE = new InboundLayers(Optional.empty(), Optional.empty(), Map.of());

    public InboundLayers {
        alpn = Map.copyOf(alpn);
    }

    /**
     * Reads {@code proxy-protocol { … }} and {@code tls { … }} of an inbound.
     *
     * @param alpn what can be spoken above TLS, by its ALPN token
     * @param offered the tokens that TLS offers by ALPN where the settings don't say
     */
    public static InboundLayers read(Settings settings, Map<String, AlpnProtocol> alpn, String... offered) {
        return new InboundLayers(
                InboundProxyProtocol.read(settings),
                settings.section("tls", "inbound.tls")
                        .flatMap(section -> TlsServerSettings.read(section, alpn, offered)),
                alpn);
    }

    /**
     * Puts the layers in front of the inbound. Where there is no TLS, an inbound of HTTP also serves clients whose first bytes tell
     * that they speak it in another way.
     *
     * @param plainToo where there is TLS, serve clients that don't speak it as well
     * @param knownClients wraps what sees a client as soon as its address is known
     * @throws IllegalArgumentException if an ALPN protocol can't carry that inbound; the message names it and says why
     */
    public Inbound over(Inbound next, boolean plainToo, UnaryOperator<Inbound> knownClients) {
        Inbound secured = knownClients.apply(
                tls.map(t -> t.over(next, plainToo)).orElseGet(() -> PriorKnowledge.over(next, alpn)));
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
