package io.hopline.launcher.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.hopline.api.HostPort;
import io.hopline.api.settings.DidYouMean;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A hop written as {@code [layer+]type://[user[:password]@]host[:port][?key=value&nested.key=value]}, turned into the settings that
 * it stands for.
 *
 * <p>{@code tls+} and {@code https+} stand for {@code tls {}}, {@code proxy-protocol-v1+} for {@code proxy-protocol = v1}, {@code
 * https} for {@code http} over TLS with port 443 where none is given, and a user without a password for one whose password is empty. A key given more than once is a list. Only types and keys ever show in a message: the
 * rest may be a password.
 */
final class HopUrl {

    private static final String HTTPS = "https";
    private static final int HTTPS_PORT = 443;
    private static final Map<String, Map.Entry<String, Object>> LAYERS = Map.of(
            "tls",
            Map.entry("tls", Map.of()),
            HTTPS,
            Map.entry("tls", Map.of()),
            "proxy-protocol-v1",
            Map.entry("proxy-protocol", "v1"),
            "proxy-protocol-v2",
            Map.entry("proxy-protocol", "v2"));
    private static final String SHAPE = "[layer+]type://[user[:password]@]host[:port][?key=value]";
    private static final String ESCAPES =
            "; a comma, a question mark or a percent sign in a user or password is written %2C, %3F or %25";

    private final Map<String, List<Object>> values = new LinkedHashMap<>();
    private boolean https;

    private HopUrl() {}

    static boolean isUrl(String text) {
        return text.contains("://");
    }

    /** @throws IllegalArgumentException if the text is no such URL; the message tells nothing secret */
    static ConfigObject settings(String url, ConfigOrigin origin) {
        HopUrl hop = new HopUrl();
        int schemeEnd = url.indexOf("://");
        String rest = url.substring(schemeEnd + 3);
        int queryStart = rest.indexOf('?');
        hop.scheme(url.substring(0, schemeEnd).toLowerCase(Locale.ROOT));
        hop.authority(queryStart < 0 ? rest : rest.substring(0, queryStart));
        if (queryStart >= 0) {
            hop.query(rest.substring(queryStart + 1));
        }
        return (ConfigObject) at(hop.config().root(), origin);
    }

    private void scheme(String scheme) {
        List<String> words = new ArrayList<>(List.of(scheme.split("\\+", -1)));
        String type = words.remove(words.size() - 1);
        if (type.equals(HTTPS)) {
            words.add(HTTPS);
            type = "http";
            https = true;
        }
        for (String layer : words) {
            Map.Entry<String, Object> setting = LAYERS.get(layer);
            if (setting == null) {
                throw new IllegalArgumentException(
                        "unknown layer \"" + layer + "+\"; " + DidYouMean.hint(layer, LAYERS.keySet()));
            }
            if (values.containsKey(setting.getKey())) {
                throw new IllegalArgumentException("a hop has one layer " + setting.getKey() + " at most");
            }
            add(setting.getKey(), setting.getValue());
        }
        add("type", type);
    }

    private void authority(String text) {
        String authority = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        int at = authority.lastIndexOf('@');
        String server = authority.substring(at + 1);
        if (at >= 0) {
            String credentials = authority.substring(0, at);
            int colon = credentials.indexOf(':');
            add("auth.user", decoded(colon < 0 ? credentials : credentials.substring(0, colon)));
            add("auth.password", colon < 0 ? "" : decoded(credentials.substring(colon + 1)));
        }
        if (server.isEmpty() && at < 0) {
            return; // A hop without a server: direct://, block://
        }
        HostPort parsed;
        try {
            parsed = HostPort.parse(server, HTTPS_PORT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected " + SHAPE + ", but its host is none, or its port not from 1 to 65535" + ESCAPES, e);
        }
        add("server", https ? parsed.toString() : server);
    }

    private void query(String query) {
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "expected " + SHAPE + ", but behind the ? there is no key=value" + ESCAPES);
            }
            add(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
    }

    private void add(String key, Object value) {
        values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    private Config config() {
        Config config = ConfigFactory.empty();
        for (Map.Entry<String, List<Object>> entry : values.entrySet()) {
            List<Object> all = entry.getValue();
            try {
                config = config.withValue(
                        entry.getKey(), ConfigValueFactory.fromAnyRef(all.size() == 1 ? all.get(0) : all));
            } catch (ConfigException.BadPath e) {
                throw new IllegalArgumentException(
                        "expected key=value behind the ?, with a dot before a nested key", e);
            }
        }
        return config;
    }

    private static String decoded(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected two hexadecimal digits behind each %" + ESCAPES, e);
        }
        if (decoded.contains(Encoding.REPLACEMENT) && !text.contains(Encoding.REPLACEMENT)) {
            throw new IllegalArgumentException("expected UTF-8 behind the %, as %C3%BC for ü" + ESCAPES);
        }
        return decoded;
    }

    /** The value and all within it, as if it stood at the given place. */
    private static ConfigValue at(ConfigValue value, ConfigOrigin origin) {
        if (value instanceof ConfigObject object) {
            Map<String, ConfigValue> placed = new LinkedHashMap<>();
            object.forEach((key, inner) -> placed.put(key, at(inner, origin)));
            return ConfigValueFactory.fromMap(placed).withOrigin(origin);
        }
        return value.withOrigin(origin);
    }
}
