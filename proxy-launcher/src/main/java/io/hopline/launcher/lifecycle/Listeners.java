package io.hopline.launcher.lifecycle;

import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.transport.Listener;
import io.hopline.launcher.config.InboundPlan;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The bound sockets of all inbounds. */
final class Listeners {

    private final Map<String, List<Channel>> bound = new LinkedHashMap<>();
    private final Map<String, InboundGuard> guards = new LinkedHashMap<>();

    /**
     * Binds every address.
     *
     * @throws ListenException if one of them can't be bound; none is then
     */
    static Listeners bind(List<InboundPlan> plans, Engine engine, Sessions sessions, SessionObserver observer) {
        Listeners listeners = new Listeners();
        List<Attempt> attempts = new ArrayList<>();
        for (InboundPlan plan : plans) {
            InboundGuard guard = new InboundGuard(plan.guard());
            Inbound inbound =
                    sessions.counted(plan.to(engine.over(plan.outbound().chain()), guard));
            listeners.guards.put(plan.name(), guard);
            for (HostPort address : plan.listen()) {
                attempts.add(new Attempt(
                        plan.name(),
                        address,
                        Listener.bind(
                                new InetSocketAddress(address.host(), address.port()),
                                engine.transport(),
                                engine.loops(),
                                inbound,
                                channel -> Session.of(
                                                plan.name(),
                                                plan.outbound().name(),
                                                channel.remoteAddress(),
                                                channel.eventLoop(),
                                                observer)
                                        .withProtocol(plan.type())
                                        .withGuard(guard.guard(channel)),
                                guard::acceptPaused)));
            }
        }
        listeners.await(attempts);
        return listeners;
    }

    private void await(List<Attempt> attempts) {
        StringJoiner failures = new StringJoiner(System.lineSeparator());
        Throwable cause = null;
        for (Attempt attempt : attempts) {
            if (attempt.bind().awaitUninterruptibly().isSuccess()) {
                bound.computeIfAbsent(attempt.inbound(), name -> new ArrayList<>())
                        .add(attempt.bind().channel());
            } else {
                cause = attempt.bind().cause();
                failures.add(BindAdvice.of(attempt.inbound(), attempt.address(), cause));
            }
        }
        if (cause != null) {
            close();
            throw new ListenException(failures.toString(), cause);
        }
    }

    /** What guards each inbound. */
    Map<String, InboundGuard> guards() {
        return guards;
    }

    /** The bound addresses of each inbound. */
    Map<String, List<InetSocketAddress>> addresses() {
        Map<String, List<InetSocketAddress>> addresses = new LinkedHashMap<>();
        bound.forEach((name, channels) -> addresses.put(
                name,
                channels.stream().map(c -> (InetSocketAddress) c.localAddress()).toList()));
        return addresses;
    }

    /** Stops accepting; returns when no socket listens any more. */
    void close() {
        List<ChannelFuture> closing = new ArrayList<>();
        bound.values().forEach(channels -> channels.forEach(channel -> closing.add(channel.close())));
        closing.forEach(ChannelFuture::awaitUninterruptibly);
    }

    private record Attempt(String inbound, HostPort address, ChannelFuture bind) {}
}
