package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every outbound type, with TLS and without, over every one, itself included, three hops deep: each chain is read from a config, and
 * each hop is served by an inbound of our own over real sockets. The types are those on the class path, whatever they are.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainMatrixTest {

    private final Plugins plugins = Plugins.load();
    private final EchoTarget target = new EchoTarget();
    private final List<String> types = new TreeSet<>(plugins.outbounds().keySet())
            .stream()
                    .filter(type -> !type.equals("direct") && !type.equals("block"))
                    .toList();
    private Hopline servers;
    private Dialer dialer;
    private Map<String, Chain> chains;

    @BeforeAll
    void serveEveryType() {
        StringBuilder inbounds = new StringBuilder();
        for (String type : types) {
            for (int twin = 0; twin < 2; twin++) {
                inbounds.append("{ name = \"%s-%d\", type = %s, listen = 0 }\n".formatted(type, twin, server(type)));
                inbounds.append("{ name = \"tls+%s-%d\", type = %s, listen = 0, tls { self-signed = true } }\n"
                        .formatted(type, twin, server(type)));
            }
        }
        servers = Hopline.start(config("inbounds = [ " + inbounds + " ]"));
        HoplineConfig config = config("outbounds {\n" + outbounds() + "}");
        chains = config.outbounds();
        dialer = Dialer.open(config);
    }

    @AfterAll
    void release() throws Exception {
        dialer.close();
        servers.shutdownNow();
        target.close();
    }

    @Test
    void coversWhatShips() {
        assertThat(types).contains("connect", "http", "http2", "socks4", "socks4a", "socks5", "spdy");
    }

    Stream<Chain> eachChain() {
        return chains.values().stream();
    }

    @ParameterizedTest
    @MethodSource("eachChain")
    void carriesBytesBothWaysAndEachEndByItself(Chain chain) throws Exception {
        Channel channel = dialer.dial(chain, target.address()).get(10, TimeUnit.SECONDS);

        assertThat(Talk.halfClosing(channel, "hello")).isEqualTo("hello" + EchoTarget.GOODBYE);
    }

    /** Every ordered pair as the last two hops; the first hop goes round, so each kind stands at each place. */
    private String outbounds() {
        List<String> kinds =
                types.stream().flatMap(type -> Stream.of(type, "tls+" + type)).toList();
        Map<String, String> lines = new LinkedHashMap<>();
        int turn = 0;
        for (String middle : kinds) {
            for (String last : kinds) {
                List<String> hops = new ArrayList<>(List.of(kinds.get(turn++ % kinds.size()), middle, last));
                String urls = url(hops.get(0), 0) + ", " + url(hops.get(1), 1) + ", " + url(hops.get(2), 0);
                lines.put(String.join(" < ", hops).replace(" ", ""), urls);
            }
            turn++;
        }
        StringBuilder text = new StringBuilder();
        lines.forEach((name, urls) ->
                text.append('"').append(name).append("\" = \"").append(urls).append("\"\n"));
        return text.toString();
    }

    /** One of the two that serve a kind, for no inbound leads back to itself. */
    private String url(String kind, int twin) {
        return kind + "://127.0.0.1:" + servers.address(kind + "-" + twin).getPort()
                + (kind.startsWith("tls+") ? "?tls.verify=false" : "");
    }

    /** The inbound type that serves an outbound type: of the same name, or of the longest one that it starts with. */
    private String server(String outbound) {
        return plugins.inbounds().keySet().stream()
                .filter(outbound::startsWith)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> new AssertionError("no inbound serves the outbound type " + outbound));
    }

    private HoplineConfig config(String hopline) {
        return HoplineConfig.of(ConfigFactory.parseString("hopline { threads = 2\n" + hopline + "\n}"), plugins);
    }
}
