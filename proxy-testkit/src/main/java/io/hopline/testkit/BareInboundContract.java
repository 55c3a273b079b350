package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Served;
import io.hopline.api.Step;
import io.hopline.api.relay.Relay;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every inbound that opens tunnels does, even a bare one, to which clients have nothing to say before their tunnel is there: extend
 * it, tell what {@link InboundUnderTest} asks for, and each case runs against your inbound, over a socket and over a stream. Where
 * clients ask for their targets, extend {@link InboundContract} instead.
 */
@ParameterizedClass(name = "over a {0}")
@MethodSource("carriers")
public abstract class BareInboundContract extends InboundUnderTest {

    @TestFactory
    Stream<DynamicTest> asksForTheTargetAsTheClientNamedIt() {
        return targets().stream()
                .map(target -> dynamicTest(target.toString(), () -> {
                    GatedOutbound outbound = towardsTarget().open();
                    Wire client = connect(entry(), outbound);
                    client.write(request(target));
                    readGranted(client);
                    accept();
                    assertThat(outbound.takeAsked()).isEqualTo(target);
                }));
    }

    @Test
    void leavesOnlyTheRelayBehind() throws Exception {
        Ends ends = open();
        ends.client().write("ping");
        ends.target().expect("ping");
        assertThat(handlersLeft())
                .singleElement()
                .satisfies(
                        handler -> assertThat(handler.getClass().getPackage()).isEqualTo(Relay.class.getPackage()));
    }

    @Test
    void readsRequestsByteByByte() throws Exception {
        Wire client = connect(entry(), towardsTarget().open(), true);
        client.write(request(targets().get(0), "early"));
        Wire accepted = accept();
        readGranted(client);
        accepted.expect("early");
    }

    @Test
    void keepsBytesThatComeAlongWithTheRequest() throws Exception {
        GatedOutbound outbound = towardsTarget();
        Wire client = connect(entry(), outbound);
        client.write(request(targets().get(0), "early"));
        outbound.takeAsked();
        client.write(" bird");
        outbound.open();
        Wire accepted = accept();
        readGranted(client);
        accepted.expect("early bird");
        client.write("later");
        accepted.expect("later");
    }

    @Test
    void keepsBytesAndTheEndThatComeAlongWithTheRequest() throws Exception {
        GatedOutbound outbound = towardsTarget();
        Wire client = connect(entry(), outbound);
        client.write(request(targets().get(0), "all there is"));
        client.endOutput();
        outbound.takeAsked();
        outbound.open();
        Wire accepted = accept();
        readGranted(client);
        accepted.expect("all there is");
        accepted.expectEnd();
        accepted.write("answer");
        client.expect("answer");
    }

    @Test
    void repliesBeforeTheTargetsFirstBytes() throws Exception {
        Wire client = connect(entry(), towardsTarget().open());
        client.write(request(targets().get(0)));
        accept().write("220 ready");
        readGranted(client);
        client.expect("220 ready");
    }

    @TestFactory
    Stream<DynamicTest> tellsTheClientWhyItsTargetCannotBeHad() {
        return Arrays.stream(Reason.values())
                .map(reason -> dynamicTest(reason.name(), () -> {
                    DialException failure =
                            new DialException(reason, new HopRef(2, "toy", Optional.empty()), Step.CONNECT, "no luck");
                    Wire client =
                            connect(entry(), GatedOutbound.failing(failure).open());
                    client.write(request(targets().get(0)));
                    expectRefused(client, reason);
                    Served served = observer.takeServed();
                    assertThat(served.outcome()).isEqualTo(failure.getMessage());
                    assertThat(served.target()).contains(targets().get(0));
                }));
    }

    @Test
    void getsARefusalAcrossToAClientThatGoesOnSending() throws Exception {
        DialException failure = new DialException(Reason.REFUSED, HopRef.TARGET, Step.CONNECT, "no luck");
        GatedOutbound outbound = GatedOutbound.failing(failure);
        Wire client = connect(entry(), outbound);
        client.write(request(targets().get(0), "x".repeat(50_000)));
        outbound.takeAsked();
        outbound.open();
        expectRefused(client, Reason.REFUSED);
    }

    @Test
    void stopsTheDialWhenTheClientBreaksOff() throws Exception {
        GatedOutbound outbound = towardsTarget();
        Wire client = connect(entry(), outbound);
        client.write(request(targets().get(0)));
        outbound.takeAsked();
        client.reset();
        outbound.awaitCancelled();
        Served served = observer.takeServed();
        assertThat(served.outcome()).isEqualTo("client left during the dial");
        assertThat(served.target()).contains(targets().get(0));
    }

    @Test
    void tellsWhatItServedOnce() throws Exception {
        Ends ends = open();
        ends.client().write("twelve bytes");
        ends.client().endOutput();
        ends.target().expect("twelve bytes");
        ends.target().write("four");
        ends.target().endOutput();
        ends.client().expect("four");
        ends.client().expectEnd();
        Served served = observer.takeServed();
        assertThat(served.outcome()).isEqualTo(Served.OK);
        assertThat(served.target()).contains(targets().get(0));
        assertThat(served.up()).isEqualTo(12);
        assertThat(served.down()).isEqualTo(1 + 4);
        assertThat(served.duration()).isPositive();
        assertThat(observer.served()).isEmpty();
    }
}
