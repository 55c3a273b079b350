package io.hopline.launcher.lifecycle;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.hopline.api.SessionObserver;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.transport.InboundTls;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.config.InboundPlan;
import io.hopline.launcher.plugins.PluginException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server from the binding of its listeners to the end of its event loops. */
public final class Running {

    private static final Logger log = LoggerFactory.getLogger(Running.class);

    private static final int TLS_AFTER_MILLIS = 250;

    private final Engine engine;
    private final Listeners listeners;
    private final Sessions sessions;
    private final Duration grace;
    private final Map<String, List<InetSocketAddress>> addresses;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch released = new CountDownLatch(1);

    private Running(Engine engine, Listeners listeners, Sessions sessions, Duration grace) {
        this.engine = engine;
        this.listeners = listeners;
        this.sessions = sessions;
        this.grace = grace;
        this.addresses = listeners.addresses();
    }

    /**
     * @throws InvalidSettingsException if there is no inbound
     * @throws ListenException if an address can't be bound; nothing runs then
     * @throws PluginException if a plugin lacks what it needs; nothing runs then
     */
    public static Running start(HoplineConfig config, SessionObserver observer) {
        config.requireInbound("config");
        Engine engine = new Engine(config.transport(), config.threads(), config.direct());
        log.info("transport {}, threads {}", engine.transport(), config.threads());
        Sessions sessions = new Sessions();
        try {
            Listeners listeners = Listeners.bind(
                    config.inbounds(), engine, sessions, sessions.tellingOfCuts(HarmlessObserver.of(observer)));
            config.inbounds().forEach(Running::tellSelfSigned);
            prepareTls(config.inbounds(), engine);
            return new Running(engine, listeners, sessions, config.shutdownGrace());
        } catch (LinkageError e) {
            engine.close();
            throw PluginException.unloadable(e);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** It takes the better part of a start, so clients without TLS are served first; one that needs it has it made at once. */
    private static void prepareTls(List<InboundPlan> plans, Engine engine) {
        List<InboundPlan> secure =
                plans.stream().filter(plan -> plan.layers().tls().isPresent()).toList();
        if (!secure.isEmpty()) {
            Thread preparing = new Thread(() -> secure.forEach(Running::prepareTls), "hopline-tls");
            preparing.setDaemon(true);
            engine.loops().next().schedule(preparing::start, TLS_AFTER_MILLIS, MILLISECONDS);
        }
    }

    private static void prepareTls(InboundPlan plan) {
        try {
            plan.ready();
            log.info("inbound \"{}\" has TLS by {}", plan.name(), Engine.tlsProvider());
        } catch (InvalidSettingsException e) {
            log.error("{}", e.getMessage());
        }
    }

    private static void tellSelfSigned(InboundPlan plan) {
        plan.layers()
                .tls()
                .flatMap(InboundTls::selfSigned)
                .ifPresent(fingerprint -> log.info(
                        "inbound \"{}\" shows a certificate that vouches for itself, SHA-256 {}",
                        plan.name(),
                        fingerprint));
    }

    public Map<String, List<InetSocketAddress>> addresses() {
        return addresses;
    }

    /** What guards each inbound, by its name. */
    public Map<String, InboundGuard> guards() {
        return listeners.guards();
    }

    /** Ends everything, sessions after their grace; returns when it is done, whoever does it. */
    public void close() {
        engine.refuseOwnThreads();
        if (closing.compareAndSet(false, true)) {
            listeners.close();
            sessions.drain();
            sessions.awaitEnd(grace);
            sessions.cut();
            engine.close();
            released.countDown();
        } else {
            Uninterrupted.await(released);
        }
    }

    /** Ends everything at once, or hurries the close that is underway. */
    public void shutdownNow() {
        sessions.hurry();
        close();
    }
}
