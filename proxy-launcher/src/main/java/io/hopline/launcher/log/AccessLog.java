package io.hopline.launcher.log;

import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
        value(line, "client", address(session.client()));
        value(line, "user", session.user().orElse(""));
        value(line, "inbound", session.inbound());
        value(line, "protocol", session.protocol());
        value(line, "target", served.target().map(HostPort::toString).orElse(""));
        value(line, "chain", session.chain());
        line.append(" up=").append(served.up());
        line.append(" down=").append(served.down());
        line.append(" ms=").append(served.duration().toMillis());
        value(line, "outcome", served.outcome());
        return line.toString();
    }

    private static String address(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? HostPort.of(inet).toString() : String.valueOf(address);
    }

    private static void value(StringBuilder line, String key, String value) {
        line.append(' ').append(key).append('=');
        Escaped.append(line, value);
    }
}
