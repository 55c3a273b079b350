package io.hopline.socks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.hopline.api.Entry;
import io.hopline.api.InboundFactory;
import io.hopline.api.OutboundFactory;
import io.hopline.api.ProtocolModule;
import io.hopline.api.Recognizer;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.Hex;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a launcher finds in this module's jar. */
class SocksModuleTest {

    private final Injector injector = Guice.createInjector(ServiceLoader.load(ProtocolModule.class));
    private final Map<String, InboundFactory> inbounds = injector.getInstance(Key.get(new TypeLiteral<>() {}));
    private final Map<String, OutboundFactory> outbounds = injector.getInstance(Key.get(new TypeLiteral<>() {}));

    @Test
    void offersEveryVersionBothWays() {
        assertThat(inbounds).containsKeys("socks4", "socks5");
        assertThat(outbounds).containsKeys("socks4", "socks4a", "socks5");
    }

    @ParameterizedTest(name = "a client that starts with {0}: socks4 says {1}, socks5 says {2}")
    @CsvSource({"04, YES, NO", "05, NO, YES", "16, NO, NO", "47, NO, NO", "0401, YES, NO", "0500, NO, YES"})
    void tellsVersionsByTheFirstByte(String first, Match socks4, Match socks5) {
        assertThat(recognizer("socks4").match(Unpooled.wrappedBuffer(Hex.bytes(first))))
                .isEqualTo(socks4);
        assertThat(recognizer("socks5").match(Unpooled.wrappedBuffer(Hex.bytes(first))))
                .isEqualTo(socks5);
    }

    @Test
    void sharesAPortWhoseUsersOnlySocks5CanTell() {
        Entry both = Settings.read("inbound.mixed", "users { alice = secret }", this::mixed);
        assertThat(both.authenticates()).isTrue();
    }

    @Test
    void takesNoUsersWhereOnlySocks4IsSpoken() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() ->
                        Settings.read("inbound.mixed", "protocols = [socks4], users { alice = secret }", this::mixed))
                .withMessageContaining("users: SOCKS4 has no passwords");
    }

    private Entry mixed(Settings settings) {
        return Optional.ofNullable(inbounds.get("mixed")).orElseThrow().read(settings);
    }

    private Recognizer recognizer(String type) {
        return Optional.ofNullable(inbounds.get(type))
                .flatMap(InboundFactory::recognizer)
                .orElseThrow();
    }
}
