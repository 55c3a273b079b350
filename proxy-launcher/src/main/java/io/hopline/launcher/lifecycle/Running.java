package io.hopline.launcher.lifecycle;

import io.hopline.api.SessionObserver;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.transport.InboundTls;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.config.InboundPlan;
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
     */
    public static Running start(HoplineConfig config, SessionObserver observer) {
        config.requireInbound("config");
        Engine engine = new Engine(config.transport(), config.threads(), config.direct());
        log.info("transport {}, threads {}", engine.transport(), config.threads());
        Sessions sessions = new Sessions();
        try {
            Listeners listeners = Listeners.bind(config.inbounds(), engine, sessions, sessions.tellingOfCuts(observer));
            tellOfTls(config.inbounds());
            return new Running(engine, listeners, sessions, config.shutdownGrace());
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static void tellOfTls(List<InboundPlan> plans) {
        if (plans.stream().anyMatch(plan -> plan.layers().tls().isPresent())) {
            // To ask takes the better part of a start, if nothing else has need of TLS.
            log.info("TLS by {}", Engine.tlsProvider());
        }
        plans.forEach(Running::tellSelfSigned);
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
