package io.hopline.http2;

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
class Http2ModuleTest {

    @Test
    void offersHttp2BothWaysAndAboveTls() {
        Injector injector = Guice.createInjector(ServiceLoader.load(ProtocolModule.class).stream()
                .filter(found -> found.type() == Http2Module.class)
                .map(ServiceLoader.Provider::get)
                .toList());
        assertThat(injector.getInstance(new Key<Map<String, InboundFactory>>() {}))
                .containsOnlyKeys("http2");
        assertThat(injector.getInstance(new Key<Map<String, OutboundFactory>>() {}))
                .containsOnlyKeys("http2");
        assertThat(injector.getInstance(new Key<Map<String, AlpnProtocol>>() {}))
                .containsOnlyKeys("h2");
    }
}
