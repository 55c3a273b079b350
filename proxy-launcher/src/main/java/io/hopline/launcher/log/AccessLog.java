package io.hopline.launcher.log;

import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each {@link Served} to the log {@code hopline.access}, at level INFO, as {@code key=value} pairs in a fixed
 * order: {@code id client user inbound protocol target chain up down ms
 * outcome}.
 *
 * <p>{@code up} and {@code down} are bytes, {@code ms} milliseconds, {@code protocol} what the client spoke: an inbound's type or an ALPN
 * token. What is unknown is {@code -}. A value with anything but
 * printable ASCII, or with a space, a quote, a backslash or an equals sign, stands in double quotes with backslash escapes, so
 * that no client can break or forge a line.
 */
public final class AccessLog implements SessionObserver {

    private static final Logger log = LoggerFactory.getLogger("hopline.access");

    @Override
    public void served(Session session, Served served) {
        if (log.isInfoEnabled()) {
            log.info(line(session, served));
        }
    }

    static String line(Session session, Served served) {
        StringBuilder line = new StringBuilder(192);
        line.append("id=").append(session.id());
        client(line.append(" client="), session.client());
        value(line, "user", session.user().orElse(""));
        value(line, "inbound", session.inbound());
        value(line, "protocol", session.protocol());
        target(line.append(" target="), served.target());
        value(line, "chain", session.chain());
        line.append(" up=").append(served.up());
        line.append(" down=").append(served.down());
        line.append(" ms=").append(served.duration().toMillis());
        value(line, "outcome", served.outcome());
        return line.toString();
    }

    private static void client(StringBuilder line, SocketAddress client) {
        if (client instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address address) {
            byte[] bytes = address.getAddress();
            for (int i = 0; i < bytes.length; i++) {
                line.append(bytes[i] & 0xFF).append(i < bytes.length - 1 ? '.' : ':');
            }
            line.append(inet.getPort());
        } else if (client instanceof InetSocketAddress inet) {
            Escaped.append(line, HostPort.of(inet).toString());
        } else {
            Escaped.append(line, String.valueOf(client));
        }
    }

    /** No host has anything in it that must be escaped. */
    private static void target(StringBuilder line, Optional<HostPort> target) {
        if (target.isPresent()) {
            target.get().appendTo(line);
        } else {
            line.append('-');
        }
    }

    private static void value(StringBuilder line, String key, String value) {
        line.append(' ').append(key).append('=');
        Escaped.append(line, value);
    }
}
