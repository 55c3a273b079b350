package io.hopline.socks;

import io.hopline.api.Entry;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.Hex;
import io.hopline.testkit.WrongRequest;
import io.hopline.testkit.socks5.Socks5InboundContract;
import java.time.Duration;
import java.util.List;

/** The inbound for users alone. */
final class Socks5PasswordInboundTest extends Socks5InboundContract {

    @Override
    protected Entry entry(Duration timeout) {
        return Settings.read(
                "inbound.socks5",
                "users { alice = secret }, handshake-timeout = " + timeout.toMillis() + "ms",
                Socks5Entry::read);
    }

    @Override
    protected String introduction() {
        return "05 01 02 01" + Hex.counted("alice") + Hex.counted("secret");
    }

    @Override
    protected String introduced() {
        return "05 02 01 00";
    }

    @Override
    protected List<WrongRequest> wrongRequests() {
        String request = "05 01 00 01 7f000001 0050";
        return List.of(
                wrong("no password offered", "05 01 00" + request),
                wrong("no password sent", "05 01 02" + request),
                wrong("a wrong password", "05 01 02 01" + Hex.counted("alice") + Hex.counted("Secret") + request),
                wrong("an unknown user", "05 01 02 01" + Hex.counted("bob") + Hex.counted("secret") + request));
    }
}
