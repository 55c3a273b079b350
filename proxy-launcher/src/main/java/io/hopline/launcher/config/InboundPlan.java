package io.hopline.launcher.config;

import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.Guarded;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import io.hopline.api.transport.InboundLayers;
import io.hopline.api.transport.InboundTls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An inbound that is to be served.
 *
 * @param name unique among the inbounds
 * @param type as the config names it
 * @param listen where, at least one address; port 0 lets the system choose
 * @param layers what stands in front of its protocol
 * @param guard what its clients may do
 * @param entry its protocol's settings
 * @param outbound what its clients are sent through
 */
public record InboundPlan(
        String name,
        String type,
        List<HostPort> listen,
        InboundLayers layers,
        GuardSettings guard,
        Entry entry,
        NamedChain outbound) {

    public InboundPlan {
        listen = List.copyOf(listen);
        guard = entry.fixedTarget().map(guard::withFixedTarget).orElse(guard);
    }

    /**
     * Makes the inbound, layers and guard and all.
     *
     * @throws IllegalArgumentException if a layer can't carry the protocol; the message says why
     */
    public Inbound to(Outbound dialed, InboundGuard running) {
        Outbound guarded = Guarded.over(
                dialed, outbound.chain().looksUp(), outbound.chain().servers());
        return running.limited(layers.over(entry.to(guarded), entry.servesPlainBesideTls(), running::limitedByClient));
    }

    /**
     * Makes what its TLS needs; whoever comes before that is served after it.
     *
     * @throws InvalidSettingsException if that can't be done
     */
    public void ready() {
        try {
            layers.tls().ifPresent(InboundTls::ready);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(
                    List.of(new Problem("inbound \"" + name + "\"", "tls", String.valueOf(e.getMessage()))));
        }
    }

    /**
     * What its settings ask for that its chain lacks: by the setting's key, which hop it is lost at.
     *
     * @param direct what opens the sockets beneath the chain
     */
    public Map<String, String> unmet(Hop direct) {
        Outbound sockets = direct.over((target, session) -> session.loop().newPromise(), HopRef.TARGET);
        Map<String, String> unmet = new TreeMap<>();
        for (Entry.Need need : entry.needs()) {
            outbound.chain()
                    .lacking(need.ability(), sockets)
                    .ifPresent(hop -> unmet.put(need.key(), hop + " " + need.lack()));
        }
        return unmet;
    }

    /** Why its chain can't reach the one target of its clients; empty if it can, or they name theirs. */
    public Optional<String> objection() {
        return entry.fixedTarget().flatMap(outbound.chain()::objection);
    }

    /** Its protocol with its layers, for example {@code tls+http}. */
    public String describe() {
        return layers.describe() + type;
    }

    /** Whether somebody on another machine may reach it without proving who they are. */
    public boolean servesEverybody() {
        return !entry.authenticates()
                && !layers.requiresClientCertificate()
                && !listen.stream().allMatch(Exposure::isLoopback);
    }
}
