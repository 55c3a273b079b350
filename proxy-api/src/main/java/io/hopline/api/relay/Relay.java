package io.hopline.api.relay;

import io.hopline.api.guard.Guard;
import io.netty.channel.Channel;
import java.util.function.Consumer;

/** Joins two channels into a tunnel, until both directions have ended or either side breaks. */
public final class Relay {

    private Relay() {}

    /**
     * Joins the channels; both are on the calling event loop, active, with auto-read off, and carry {@code ByteBuf}s.
     *
     * @param guard tells how long nothing may move
     * @param ended is told once, when the tunnel is over
     */
    public static void join(Channel client, Channel target, Guard guard, Consumer<Ended> ended) {
        Tunnel tunnel = new Tunnel(client, target, guard, ended);
        tunnel.start();
    }

    /**
     * How a tunnel ended.
     *
     * @param up bytes from the client
     * @param down bytes from the target
     * @param outcome {@code ok}, or who broke it and how
     */
    public record Ended(long up, long down, String outcome) {}
}
