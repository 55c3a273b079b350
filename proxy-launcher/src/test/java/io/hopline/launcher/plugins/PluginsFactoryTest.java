package io.hopline.launcher.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.InboundFactory;
import io.hopline.api.OutboundFactory;
import io.hopline.api.ProtocolModule;
import io.hopline.api.settings.Settings;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginsFactoryTest {

    @Test
    void mapsEachTypeToItsFactory() {
        Plugins plugins = PluginsFactory.of(List.of(new Knocking(), new Ringing()));

        assertThat(plugins.inbounds().get("knock")).isInstanceOf(KnockInbound.class);
        assertThat(plugins.outbounds()).containsOnlyKeys("knock", "ring");
        assertThat(plugins.alpn()).isEmpty();
    }

    @Test
    void refusesTwoModulesThatClaimOneTypeAndNamesBoth() {
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> PluginsFactory.of(List.of(new Ringing(), new AlsoRinging())))
                .withMessageContaining("outbound \"ring\"")
                .withMessageContaining(Ringing.class.getName())
                .withMessageContaining(AlsoRinging.class.getName());
    }

    @Test
    void namesThePluginWhoseModuleInstallsAnother() {
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> PluginsFactory.of(List.of(new Knocking(), new Installing())))
                .withMessageContaining("bound \"knock\"")
                .withMessageContaining(Installing.class.getName());
    }

    @Test
    void letsOneTypeBeAnInboundAndAnOutbound() {
        assertThat(PluginsFactory.of(List.of(new Knocking())).inbounds()).containsKey("knock");
    }

    @Test
    void saysWhatAFactoryLacks() {
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> PluginsFactory.of(List.of(new Needy())))
                .withMessageContaining("Runnable");
    }

    static final class Knocking extends ProtocolModule {
        @Override
        protected void configure() {
            inbound("knock", KnockInbound.class);
            outbound("knock", AnyOutbound.class);
        }
    }

    static final class Ringing extends ProtocolModule {
        @Override
        protected void configure() {
            outbound("ring", AnyOutbound.class);
        }
    }

    static final class AlsoRinging extends ProtocolModule {
        @Override
        protected void configure() {
            outbound("ring", AnyOutbound.class);
        }
    }

    static final class Installing extends ProtocolModule {
        @Override
        protected void configure() {
            install(new Knocking());
        }
    }

    static final class Needy extends ProtocolModule {
        @Override
        protected void configure() {
            outbound("needy", NeedyOutbound.class);
        }
    }

    static class AnyOutbound implements OutboundFactory {
        @Override
        public Hop read(Settings settings) {
            throw new AssertionError("nobody reads settings here");
        }
    }

    static final class NeedyOutbound extends AnyOutbound {
        @Inject
        NeedyOutbound(Runnable unusedAndBoundByNobody) {}
    }

    static final class KnockInbound implements InboundFactory {
        @Override
        public Entry read(Settings settings) {
            throw new AssertionError("nobody reads settings here");
        }
    }
}
