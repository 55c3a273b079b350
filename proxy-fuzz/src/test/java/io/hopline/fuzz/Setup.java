package io.hopline.fuzz;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.config.InboundPlan;
import io.hopline.launcher.plugins.Plugins;

/** What a config makes of inbounds and chains, as the launcher does it. */
final class Setup {

    /** What a server of HTTP/2 says first, without which a hop opens no stream. Its first stream is 3. */
    static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    private static final Plugins PLUGINS = Plugins.load();

    private Setup() {}

    /** @param settings of an inbound, without where it listens */
    static InboundPlan inbound(String settings) {
        return HoplineConfig.of(
                        ConfigFactory.parseString(
                                "hopline.inbounds = [{ name = fuzz, listen = \"127.0.0.1:1080\", " + settings + " }]"),
                        PLUGINS)
                .inbounds()
                .get(0);
    }

    static Chain chain(String urls) {
        return HoplineConfig.chain(urls, PLUGINS);
    }
}
