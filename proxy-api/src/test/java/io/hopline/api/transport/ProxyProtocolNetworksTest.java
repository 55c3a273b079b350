package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import io.hopline.api.settings.Settings;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word for a client's address is taken, in both families: no address near a network, or of the other family, is in it. */
class ProxyProtocolNetworksTest {

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.5, 10.0.0.5, true",
        "10.0.0.5, 10.0.0.6, false",
        "10.0.0.0/8, ::1, false",
        "fd00::/8, fdff:ffff::1, true",
        "fd00::/8, fc00::1, false",
        "fd00::/8, fe00::1, false",
        "fd00::/8, 2001:db8::1, false",
        "fd00::/8, ::1, false",
        "fd00::/8, 127.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false",
        "::1, ::1, true",
        "::1, ::2, false",
        "::1, ::3, false"
    })
    void knowsItsLoadBalancers(String network, String peer, boolean known) throws Exception {
        InboundProxyProtocol rules = layers(network).proxyProtocol().orElseThrow();
        InetAddress address = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(peer));
        assertThat(rules.expectedFrom(new InetSocketAddress(address, 1))).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5/8, '\"10.0.0.5/8\" has bits set behind its first 8'",
        "fd00::1/64, '\"fd00::1/64\" has bits set behind its first 64'",
        "10.0.0.0/33, '\"/33\" is not in /0../32'",
        "balancer.example, '\"balancer.example\" is no IP address'",
    })
    void refusesWhatIsNoNetwork(String network, String why) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> layers(network))
                .satisfies(e -> assertThat(e.problems())
                        .singleElement()
                        .extracting(Problem::text)
                        .isEqualTo(
                                "expected addresses and networks such as 10.0.0.0/8, got \"" + network + "\": " + why));
    }

    private static InboundLayers layers(String network) {
        return Settings.read(
                "",
                "proxy-protocol { from = [\"" + network + "\"] }",
                settings -> InboundLayers.read(settings, Map.of()));
    }
}
