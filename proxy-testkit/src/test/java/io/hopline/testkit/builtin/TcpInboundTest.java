package io.hopline.testkit.builtin;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.builtin.TcpInboundFactory;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.BareInboundContract;
import io.hopline.testkit.Wire;
import java.util.List;

/** The inbound whose clients all go to one target, and which has no word for them. */
final class TcpInboundTest extends BareInboundContract {

    private static final HostPort TARGET = new HostPort("name.invalid", 443);

    @Override
    protected Entry entry() {
        return Settings.read("inbound.tcp", "target = \"" + TARGET + "\"", new TcpInboundFactory()::read);
    }

    @Override
    protected List<HostPort> targets() {
        return List.of(TARGET);
    }

    @Override
    protected void expectRefused(Wire client, Reason reason) {
        client.expectReset();
    }
}
