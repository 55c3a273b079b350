package io.hopline.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WayTest {

    private final InboundGuard inbound = new InboundGuard(GuardSettings.DEFAULT);
    private final Guard guard = new Guard(inbound, null, true);

    @ParameterizedTest
    @CsvSource({
        "proxy.example, 3128, true",
        "PROXY.Example., 3128, true",
        "proxy.example, 3129, false",
        "a.proxy.example, 3128, false",
        "192.0.2.9, 1080, true",
        "::ffff:192.0.2.9, 1080, true",
        "3221225993, 1080, true",
        "192.0.2.8, 1080, false",
    })
    void asksNoChainForAServerOfItsOwn(String host, int port, boolean loop) {
        Way way = new Way(false, List.of(new HostPort("proxy.example", 3128), new HostPort("192.0.2.9", 1080)));
        HostPort target = new HostPort(host, port);
        assertThat(way.objection(target, guard).isPresent()).isEqualTo(loop);
        assertThat(way.allows(target, guard)).isNotEqualTo(loop);
        assertThat(inbound.counts().of(GuardEvent.LOOP_DENIED)).isEqualTo(loop ? 1 : 0);
    }

    @Test
    void leavesTheRestToTheRules() {
        Guard far = new Guard(inbound, null, false);
        Way way = new Way(true, List.of());
        assertThat(way.objection(new HostPort("10.0.0.1", 80), far)).isPresent();
        assertThat(way.objection(new HostPort("example.org", 80), far)).isEmpty();
    }
}
