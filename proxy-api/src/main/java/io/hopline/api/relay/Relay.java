package io.hopline.api.relay;

import io.netty.channel.Channel;
import java.util.function.Consumer;

/** Joins two channels into a tunnel, until both directions have ended or either side breaks. */
public final class Relay {

    private Relay() {}

    /**
     * Joins the channels; both are on the calling event loop, active, with auto-read off, and carry {@code ByteBuf}s.
     *
     * @param ended is told once, when the tunnel is over
     */
    public static void join(Channel client, Channel target, Consumer<Ended> ended) {
        Tunnel tunnel = new Tunnel(client, target, ended);
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
