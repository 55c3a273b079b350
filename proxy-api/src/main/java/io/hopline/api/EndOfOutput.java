package io.hopline.api;

/**
 * The last message written to a channel: no more bytes follow, but some may still come back.
 *
 * <p>Being a message it stays behind the data. The topmost layer with an end marker of its own takes it (TLS: close_notify, a
 * stream: END_STREAM or FIN) and TCP turns it into {@code shutdownOutput}; its promise completes when that is done. The other
 * direction is Netty's {@link io.netty.channel.socket.ChannelInputShutdownEvent}.
 */
public enum EndOfOutput {
    INSTANCE
}
