package io.hopline.launcher;

import io.hopline.api.Chain;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.SessionObserver;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.config.InboundPlan;
import io.hopline.launcher.config.NamedChain;
import io.hopline.launcher.lifecycle.ListenException;
import io.hopline.launcher.log.AccessLog;
import io.hopline.launcher.plugins.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a server together from typed settings; what is not said is as in a config file. Not safe for use by several threads. */
public final class HoplineBuilder {

    private final List<InboundPlan> inbounds = new ArrayList<>();
    private SessionObserver observer = new AccessLog();
    private @Nullable Integer threads;
    private @Nullable Duration grace;

    HoplineBuilder() {}

    /**
     * Adds an inbound that sends its clients through the chain.
     *
     * @param listen {@code host:port}; port 0 lets the system choose
     * @throws IllegalArgumentException if the name is taken or the address is none, or if it would serve everybody beyond this
     *     machine without asking who they are
     */
    public HoplineBuilder inbound(String name, String listen, Entry entry, Chain chain) {
        if (inbounds.stream().anyMatch(inbound -> inbound.name().equals(name))) {
            throw new IllegalArgumentException("another inbound is named \"" + name + "\"");
        }
        List<HostPort> addresses = List.of(HostPort.parse(listen));
        inbounds.add(new InboundPlan(name, name, addresses, entry, NamedChain.of(chain)));
        return this;
    }

    /** How many event loops there are, each with a thread of its own; otherwise one for each core. */
    public HoplineBuilder threads(int count) {
        threads = count;
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
        HoplineConfig defaults = HoplineConfig.defaults(Plugins.load());
        return Hopline.start(
                new HoplineConfig(
                        inbounds,
                        defaults.outbounds(),
                        defaults.direct(),
                        threads == null ? defaults.threads() : threads,
                        grace == null ? defaults.shutdownGrace() : grace),
                observer);
    }
}
