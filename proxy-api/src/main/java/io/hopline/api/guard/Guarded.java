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
        boolean packets = chain instanceof PacketOutbound;
        boolean passive = chain instanceof PassiveOutbound;
        if (chain instanceof HttpOutbound) {
            return packets
                    ? passive ? new HttpPacketsPassive(chain, way) : new HttpPackets(chain, way)
                    : passive ? new HttpPassive(chain, way) : new Http(chain, way);
        }
        return packets
                ? passive ? new PacketsPassive(chain, way) : new Packets(chain, way)
                : passive ? new Passive(chain, way) : new Tunnels(chain, way);
    }

    /** The same for a chain without hops, or of which they don't matter. */
    static Outbound over(Outbound chain, boolean looksUp) {
        return over(chain, looksUp, List.of());
    }

    private record Tunnels(Outbound next, Way way) implements ToTargets {}

    private record Http(Outbound next, Way way) implements ToOrigins {}

    private record Packets(Outbound next, Way way) implements ToPeers {}

    private record Passive(Outbound next, Way way) implements FromPeers {}

    private record HttpPackets(Outbound next, Way way) implements ToOrigins, ToPeers {}

    private record HttpPassive(Outbound next, Way way) implements ToOrigins, FromPeers {}

    private record PacketsPassive(Outbound next, Way way) implements ToPeers, FromPeers {}

    private record HttpPacketsPassive(Outbound next, Way way) implements ToOrigins, ToPeers, FromPeers {}

    /** What every guarded chain can do; the others are what it can do besides, each where the chain can. */
    private interface ToTargets extends Outbound {

        Outbound next();

        Way way();

        @Override
        default Future<Channel> dial(HostPort target, Session session) {
            return dial(next(), target, session);
        }

        default Future<Channel> dial(Outbound next, HostPort target, Session session) {
            Optional<DialException> objection = way().objection(target, session.guard());
            if (objection.isPresent()) {
                return session.loop().newFailedFuture(objection.get());
            }
            Future<Channel> dialed =
                    session.guard().forUser(session, () -> next.dial(target, session), Function.identity());
            return DialPatience.keep(dialed, session);
        }
    }

    private interface ToOrigins extends ToTargets, HttpOutbound {

        private HttpOutbound http() {
            return (HttpOutbound) next();
        }

        @Override
        default Future<Channel> dialHttp(HostPort origin, Session session) {
            return dial(http()::dialHttp, origin, session);
        }

        @Override
        default boolean carriesUpgrades() {
            return http().carriesUpgrades();
        }

        @Override
        default Optional<HostPort> peer(HostPort origin, Session session) {
            // What is denied must come to a dial, which says so.
            return way().allows(origin, session.guard()) ? http().peer(origin, session) : Optional.empty();
        }
    }

    private interface ToPeers extends ToTargets, PacketOutbound {

        @Override
        default Future<Channel> associate(Session session) {
            PacketOutbound next = (PacketOutbound) next();
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
                packets.pipeline().addLast(new GuardedPackets(session.guard(), way()));
                if (!guarded.trySuccess(packets)) {
                    packets.close();
                }
            });
            return DialPatience.keep(guarded, session);
        }
    }

    private interface FromPeers extends ToTargets, PassiveOutbound {

        @Override
        default Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
            PassiveOutbound next = (PassiveOutbound) next();
            Optional<DialException> objection = way().objection(expected, session.guard());
            if (objection.isPresent()) {
                return session.loop().newFailedFuture(objection.get());
            }
            Future<Accepted> waiting = session.guard()
                    .forUser(session, () -> next.listen(expected, session, listening), Accepted::channel);
            // Where addresses are looked up here the chain asks of whoever comes before it takes anybody.
            return way().looksUp() ? waiting : judged(waiting, session);
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
}
