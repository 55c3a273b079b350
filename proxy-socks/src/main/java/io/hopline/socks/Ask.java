package io.hopline.socks;

import io.hopline.api.HostPort;
import java.util.function.Consumer;

/**
 * What a server is asked for.
 *
 * @param command one of the numbers of {@link Socks}
 * @param target the target, the peer that is awaited, or where our datagrams come from
 * @param listening hears where the peer that is awaited must connect to
 */
record Ask(int command, HostPort target, Consumer<HostPort> listening) {

    /** What is said for an address that isn't known (RFC 1928 section 7). */
    private static final HostPort UNKNOWN = new HostPort("0.0.0.0", 0);

    static Ask connect(HostPort target) {
        return new Ask(Socks.CONNECT, target, at -> {});
    }

    static Ask bind(HostPort expected, Consumer<HostPort> listening) {
        return new Ask(Socks.BIND, expected, listening);
    }

    static Ask associate() {
        return new Ask(Socks.UDP_ASSOCIATE, UNKNOWN, at -> {});
    }
}
