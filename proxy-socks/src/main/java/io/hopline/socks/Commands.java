package io.hopline.socks;

import io.hopline.api.Entry.Need;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/** The commands that are served only where they are asked for, as settings have them. */
final class Commands {

    static final Need UDP = new Need(
            PacketOutbound.class,
            "udp",
            "carries no datagrams: they go straight to targets, or through socks5 hops without tls and proxy-protocol");
    static final Need BIND = new Need(
            PassiveOutbound.class,
            "bind",
            "can't wait for peers: the last hop must be socks4, socks4a or socks5, or there must be none");

    private Commands() {}

    static Optional<Duration> udp(Settings settings) {
        Duration idle = settings.duration("udp-idle-timeout");
        return settings.flag("udp") ? Optional.of(idle) : Optional.empty();
    }

    static Optional<Duration> bind(Settings settings) {
        Duration wait = settings.duration("bind-timeout");
        return settings.flag("bind") ? Optional.of(wait) : Optional.empty();
    }
}
