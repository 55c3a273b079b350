package io.hopline.testkit.builtin;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Step;
import io.hopline.api.builtin.BlockOutboundFactory;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.DialContract;
import io.hopline.testkit.Loops;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The outbound that lets nothing through. */
final class BlockOutboundTest implements DialContract {

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    @Override
    public Loops loops() {
        return LOOPS;
    }

    @Override
    public List<Failing> failing() {
        Hop block = Settings.read("outbound.block", "", new BlockOutboundFactory()::read);
        return Stream.of(new HostPort("name.invalid", 443), new HostPort("127.0.0.1", 1), new HostPort("::1", 65535))
                .map(target ->
                        new Failing(target.toString(), block, target, Reason.DENIED, HopRef.of(1, block), Step.CONNECT))
                .toList();
    }

    /** Nobody, for what is blocked needs nothing. */
    @Override
    public Outbound beneath() {
        return (target, session) -> {
            throw new AssertionError("dialed " + target);
        };
    }
}
