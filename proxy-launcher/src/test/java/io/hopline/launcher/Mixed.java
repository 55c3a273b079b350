package io.hopline.launcher;

import io.hopline.api.Entry;
import io.hopline.api.InboundFactory;
import io.hopline.api.settings.Settings;
import io.hopline.launcher.plugins.Plugins;
import java.time.Duration;
import java.util.Objects;

/** The inbound of type {@code mixed} with every protocol on the class path. */
final class Mixed {

    private static final InboundFactory MIXED =
            Objects.requireNonNull(Plugins.load().inbounds().get("mixed"));

    private Mixed() {}

    /** @param timeout for a client to say what it speaks, and then to say what it wants */
    static Entry entry(Duration timeout) {
        String millis = timeout.toMillis() + "ms";
        return Settings.read(
                "inbound.mixed",
                "recognition-timeout = " + millis + ", handshake-timeout = " + millis + ", head-timeout = " + millis,
                MIXED::read);
    }
}
