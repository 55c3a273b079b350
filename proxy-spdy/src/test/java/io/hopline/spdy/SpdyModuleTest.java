package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import io.hopline.api.AlpnProtocol;
import io.hopline.api.InboundFactory;
import io.hopline.api.OutboundFactory;
import io.hopline.api.ProtocolModule;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What a launcher finds when the jar is on its class path. */
class SpdyModuleTest {

    @Test
    void offersSpdyBothWaysAndAboveTls() {
        Injector injector = Guice.createInjector(ServiceLoader.load(ProtocolModule.class).stream()
                .filter(found -> found.type() == SpdyModule.class)
                .map(ServiceLoader.Provider::get)
                .toList());
        assertThat(injector.getInstance(new Key<Map<String, InboundFactory>>() {}))
                .containsOnlyKeys("spdy");
        assertThat(injector.getInstance(new Key<Map<String, OutboundFactory>>() {}))
                .containsOnlyKeys("spdy");
        assertThat(injector.getInstance(new Key<Map<String, AlpnProtocol>>() {}))
                .containsOnlyKeys("spdy/3.1", "spdy/3");
    }
}
