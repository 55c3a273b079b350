package io.hopline.launcher;

import io.hopline.api.Chain;
import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.transport.InboundLayers;
import io.hopline.api.transport.Transport;
import io.hopline.launcher.config.Circles;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.config.InboundPlan;
import io.hopline.launcher.config.NamedChain;
import io.hopline.launcher.lifecycle.ListenException;
import io.hopline.launcher.log.AccessLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a server together from typed settings; what is not said is as in a config file. Not safe for use by several threads. */
public final class HoplineBuilder {

    private final List<InboundPlan> inbounds = new ArrayList<>();
    private GuardSettings guard = GuardSettings.DEFAULT;
    private SessionObserver observer = new AccessLog();
    private @Nullable Integer threads;
    private @Nullable Duration grace;
    private @Nullable Transport transport;

    HoplineBuilder() {}

    /**
     * Adds an inbound that sends its clients through the chain.
     *
     * @param listen {@code host:port}; port 0 lets the system choose
     * @throws IllegalArgumentException if the name is taken, the address is none, or the inbound would serve everybody beyond this
     *     machine without asking who they are ({@link #openInbound} does), asks for what the chain can't do, or would serve its clients
     *     in a circle
     */
    public HoplineBuilder inbound(String name, String listen, Entry entry, Chain chain) {
        return inbound(name, listen, InboundLayers.NONE, entry, chain);
    }

    /** As {@link #inbound(String, String, Entry, Chain)}, with TLS or the PROXY protocol in front. */
    public HoplineBuilder inbound(String name, String listen, InboundLayers layers, Entry entry, Chain chain) {
        InboundPlan plan = plan(name, listen, layers, entry, chain);
        if (plan.servesEverybody()) {
            throw new IllegalArgumentException("inbound \"" + name + "\" would serve everybody who reaches " + listen
                    + ": openInbound(…) if that is meant");
        }
        return add(plan);
    }

    /** As {@link #inbound(String, String, InboundLayers, Entry, Chain)}, but whoever reaches the address may be served. */
    public HoplineBuilder openInbound(String name, String listen, InboundLayers layers, Entry entry, Chain chain) {
        return add(plan(name, listen, layers, entry, chain));
    }

    private InboundPlan plan(String name, String listen, InboundLayers layers, Entry entry, Chain chain) {
        return new InboundPlan(
                name, entry.type(), List.of(HostPort.parse(listen)), layers, guard, entry, NamedChain.of(chain));
    }

    private HoplineBuilder add(InboundPlan plan) {
        if (inbounds.stream().anyMatch(other -> other.name().equals(plan.name()))) {
            throw new IllegalArgumentException("another inbound is named \"" + plan.name() + "\"");
        }
        Hop direct = HoplineConfig.defaults().direct();
        plan.unmet(direct).forEach((key, hop) -> {
            throw new IllegalArgumentException("inbound \"" + plan.name() + "\" can't have " + key + ": " + hop);
        });
        Stream.concat(plan.objection().stream(), plan.outbound().chain().objections(direct).stream())
                .forEach(objection -> {
                    throw new IllegalArgumentException("inbound \"" + plan.name() + "\": " + objection);
                });
        refuseCircles(plan);
        inbounds.add(plan);
        return this;
    }

    private void refuseCircles(InboundPlan last) {
        List<InboundPlan> all = new ArrayList<>(inbounds);
        all.add(last);
        Circles circles = new Circles(all);
        all.stream().map(circles::from).flatMap(Optional::stream).forEach(circle -> {
            throw new IllegalArgumentException("clients would be served in a circle: " + circle);
        });
    }

    /** What the clients may do of the inbounds that are added from now on. */
    public HoplineBuilder guard(GuardSettings settings) {
        guard = settings;
        return this;
    }

    /** How many event loops there are, each with a thread of its own; otherwise one for each core. */
    public HoplineBuilder threads(int count) {
        threads = count;
        return this;
    }

    /**
     * Which kind of sockets is used; otherwise epoll, or NIO where there is no epoll.
     *
     * @throws IllegalArgumentException if it can't be used here
     */
    public HoplineBuilder transport(Transport kind) {
        kind.obstacle().ifPresent(why -> {
            throw new IllegalArgumentException(kind + " can't be used here: " + why);
        });
        transport = kind;
        return this;
    }

    /** How long live sessions may go on once the server is asked to close. */
    public HoplineBuilder shutdownGrace(Duration time) {
        grace = time;
        return this;
    }

    /** Hears of the sessions instead of the log {@code hopline.access}. */
    public HoplineBuilder observer(SessionObserver hearer) {
        observer = hearer;
        return this;
    }

    /** @throws ListenException if an address can't be bound; nothing runs then */
    public Hopline start() {
        HoplineConfig defaults = HoplineConfig.defaults();
        return Hopline.start(
                new HoplineConfig(
                        inbounds,
                        defaults.outbounds(),
                        defaults.direct(),
                        threads == null ? defaults.threads() : threads,
                        grace == null ? defaults.shutdownGrace() : grace,
                        transport == null ? defaults.transport() : transport,
                        defaults.accessLog()),
                observer);
    }
}
