package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Entry;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Served;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every inbound protocol that opens tunnels does: extend it, tell what it and {@link InboundUnderTest} ask for, and each case
 * runs against your inbound, over a socket and over a stream.
 *
 * <p>Your test plays the client: it knows the bytes of a request, and reads the replies off a {@link Wire}.
 */
public abstract class InboundContract extends BareInboundContract {

    private static final Duration SHORT = Duration.ofMillis(200);

    /**
     * The inbound under test, which takes every client.
     *
     * @param timeout how long a client may take to say what it wants
     */
    protected abstract Entry entry(Duration timeout) throws Exception;

    @Override
    protected abstract byte[] request(HostPort target);

    @Override
    protected abstract void readGranted(Wire client) throws IOException;

    /** Reads all that the inbound answers to a client whose dial failed so; fails if it is anything else. */
    protected abstract void readRefused(Wire client, Reason reason) throws IOException;

    /** What no client of this protocol may send. */
    protected abstract List<WrongRequest> wrongRequests();

    @Override
    protected final Entry entry() throws Exception {
        return entry(LONG);
    }

    @Override
    protected final void expectRefused(Wire client, Reason reason) throws IOException {
        readRefused(client, reason);
        client.expectEnd();
    }

    @TestFactory
    Stream<DynamicTest> turnsAwayWhatIsNoRequest() {
        assertThat(wrongRequests()).isNotEmpty();
        return wrongRequests().stream()
                .map(wrong -> dynamicTest(wrong.name(), () -> {
                    GatedOutbound outbound = towardsTarget().open();
                    Wire client = connect(entry(), outbound);
                    client.write(wrong.bytes());
                    client.readToEnd();
                    expectNothingServed(outbound);
                }));
    }

    @Test
    void tellsNoClientByWhichRuleItsTargetIsDenied() throws Exception {
        DialException failure = DialException.denied(HopRef.TARGET, "deny secret.example");
        Wire client = connect(entry(), GatedOutbound.failing(failure).open());
        client.write(request(targets().get(0)));
        assertThat(new String(client.readToEnd(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(observer.takeServed().outcome()).contains("secret");
    }

    @Test
    void dropsAClientThatLeavesInMidRequest() throws Exception {
        byte[] whole = request(targets().get(0));
        for (int length = 0; length < whole.length; length++) {
            GatedOutbound outbound = towardsTarget().open();
            Wire client = connect(entry(), outbound);
            client.write(Arrays.copyOf(whole, length));
            client.endOutput();
            client.readToEnd();
            expectNothingServed(outbound);
        }
    }

    @Test
    void dropsAClientThatBreaksOffInMidRequest() throws Exception {
        GatedOutbound outbound = towardsTarget().open();
        Wire client = connect(entry(), outbound);
        client.write(Arrays.copyOf(request(targets().get(0)), 1));
        client.reset();
        expectNothingServed(outbound);
    }

    @Test
    void dropsASilentClient() throws Exception {
        GatedOutbound outbound = towardsTarget().open();
        Wire client = connect(entry(SHORT), outbound);
        client.readToEnd();
        expectNothingServed(outbound);
    }

    @Test
    void dropsAClientThatStopsInMidRequest() throws Exception {
        GatedOutbound outbound = towardsTarget().open();
        Wire client = connect(entry(SHORT), outbound);
        byte[] whole = request(targets().get(0));
        client.write(Arrays.copyOf(whole, whole.length - 1));
        client.readToEnd();
        expectNothingServed(outbound);
    }

    private void expectNothingServed(GatedOutbound outbound) throws Exception {
        Served served = observer.takeServed();
        assertThat(served.target()).isEmpty();
        assertThat(served.outcome()).isNotBlank().isNotEqualTo(Served.OK);
        assertThat(outbound.asked()).isEmpty();
    }
}
