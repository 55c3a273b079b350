package io.hopline.api.guard;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks the session's guard before it dials a target, and lets it count what is dialed for a user. */
public final class Guarded {

    private Guarded() {}

    /**
     * Puts the guard before a chain; what else the chain can do it can do still.
     *
     * @param looksUp whether the chain looks names up itself, so that the guard is asked again for each address
     * @param servers those of its hops
     */
    public static Outbound over(Outbound chain, boolean looksUp, List<HostPort> servers) {
        Way way = new Way(looksUp, servers);
        if (chain instanceof HttpOutbound http) {
            return new Http(http, way);
        }
        if (chain instanceof PacketOutbound packets) {
            return chain instanceof PassiveOutbound passive
                    ? new Everything(packets, passive, way)
                    : new Packets(packets, way);
        }
        return chain instanceof PassiveOutbound passive ? new Passive(passive, way) : new Tunnels(chain, way);
    }

    /** The same for a chain without hops, or of which they don't matter. */
    static Outbound over(Outbound chain, boolean looksUp) {
        return over(chain, looksUp, List.of());
    }

    private record Tunnels(Outbound next, Way way) implements Outbound {
        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            Optional<DialException> objection = way.objection(target, session.guard());
            if (objection.isPresent()) {
                return session.loop().newFailedFuture(objection.get());
            }
            Future<Channel> dialed =
                    session.guard().forUser(session, () -> next.dial(target, session), Function.identity());
            return DialPatience.keep(dialed, session);
        }
    }

    private record Http(HttpOutbound next, Way way) implements HttpOutbound {
        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            return new Tunnels(next, way).dial(target, session);
        }

        @Override
        public Future<Channel> dialHttp(HostPort origin, Session session) {
            return new Tunnels(next::dialHttp, way).dial(origin, session);
        }

        @Override
        public boolean carriesUpgrades() {
            return next.carriesUpgrades();
        }

        @Override
        public Optional<HostPort> peer(HostPort origin, Session session) {
            // What is denied must come to a dial, which says so.
            return way.allows(origin, session.guard()) ? next.peer(origin, session) : Optional.empty();
        }
    }

    private record Packets(PacketOutbound next, Way way) implements PacketOutbound {
        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            return new Tunnels(next, way).dial(target, session);
        }

        @Override
        public Future<Channel> associate(Session session) {
            Promise<Channel> guarded = session.loop().newPromise();
            Future<Channel> opening =
                    session.guard().forUser(session, () -> next.associate(session), Function.identity());
            guarded.addListener(done -> opening.cancel(false));
            opening.addListener((Future<Channel> associated) -> {
                if (!associated.isSuccess()) {
                    guarded.tryFailure(associated.cause());
                    return;
                }
                Channel packets = associated.getNow();
                packets.pipeline().addLast(new GuardedPackets(session.guard(), way));
                if (!guarded.trySuccess(packets)) {
                    packets.close();
                }
            });
            return DialPatience.keep(guarded, session);
        }
    }

    private record Passive(PassiveOutbound next, Way way) implements PassiveOutbound {
        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            return new Tunnels(next, way).dial(target, session);
        }

        @Override
        public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
            Optional<DialException> objection = way.objection(expected, session.guard());
            if (objection.isPresent()) {
                return session.loop().newFailedFuture(objection.get());
            }
            Future<Accepted> waiting = session.guard()
                    .forUser(session, () -> next.listen(expected, session, listening), Accepted::channel);
            // Where addresses are looked up here the chain asks of whoever comes before it takes anybody.
            return way.looksUp() ? waiting : judged(waiting, session);
        }

        private static Future<Accepted> judged(Future<Accepted> waiting, Session session) {
            Promise<Accepted> judged = session.loop().newPromise();
            judged.addListener(done -> waiting.cancel(false));
            waiting.addListener((Future<Accepted> came) -> {
                if (!came.isSuccess()) {
                    judged.tryFailure(came.cause());
                    return;
                }
                Optional<DialException> objection =
                        session.guard().objection(came.getNow().peer(), false);
                boolean taken = objection.map(judged::tryFailure).isEmpty() && judged.trySuccess(came.getNow());
                if (!taken) {
                    came.getNow().channel().writeAndFlush(Abort.INSTANCE);
                }
            });
            return judged;
        }
    }

    private record Everything(PacketOutbound packets, PassiveOutbound passive, Way way)
            implements PacketOutbound, PassiveOutbound {
        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            return new Tunnels(packets, way).dial(target, session);
        }

        @Override
        public Future<Channel> associate(Session session) {
            return new Packets(packets, way).associate(session);
        }

        @Override
        public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
            return new Passive(passive, way).listen(expected, session, listening);
        }
    }
}
