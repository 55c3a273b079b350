package io.hopline.launcher.log;

import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.util.concurrent.FastThreadLocal;
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

    private static final FastThreadLocal<Line> LINE = new FastThreadLocal<>() {
        @Override
        protected Line initialValue() {
            return new Line();
        }
    };

    @Override
    public void served(Session session, Served served) {
        if (log.isInfoEnabled()) {
            log.info(line(session, served));
        }
    }

    static String line(Session session, Served served) {
        Line line = LINE.get().clear();
        line.literal("id=").number(session.id());
        client(line.literal(" client="), session.client());
        line.literal(" user=").value(session.user().orElse(""));
        line.literal(" inbound=").value(session.inbound());
        line.literal(" protocol=").value(session.protocol());
        target(line.literal(" target="), served.target());
        line.literal(" chain=").value(session.chain());
        line.literal(" up=").number(served.up());
        line.literal(" down=").number(served.down());
        line.literal(" ms=").number(served.duration().toMillis());
        line.literal(" outcome=").value(served.outcome());
        return line.toString();
    }

    private static void client(Line line, SocketAddress client) {
        if (client instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address address) {
            byte[] bytes = address.getAddress();
            for (int i = 0; i < bytes.length; i++) {
                line.number(bytes[i] & 0xFF).literal(i < bytes.length - 1 ? '.' : ':');
            }
            line.number(inet.getPort());
        } else if (client instanceof InetSocketAddress inet) {
            line.value(HostPort.of(inet).toString());
        } else {
            line.value(String.valueOf(client));
        }
    }

    /** No host has anything in it that must be escaped. */
    private static void target(Line line, Optional<HostPort> target) {
        if (target.isPresent()) {
            line.literal(target.get().bracketed())
                    .literal(':')
                    .number(target.get().port());
        } else {
            line.literal('-');
        }
    }
}
