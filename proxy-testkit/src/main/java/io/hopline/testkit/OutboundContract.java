package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.hopline.api.Hop;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every outbound protocol with a server does: extend it, tell what {@link HopUnderTest} asks for, and each case runs
 * against your hop, over a socket and over a stream.
 *
 * <p>Your test plays the server: it reads the request off a {@link Wire} and knows the bytes of each reply. Behind the reply the
 * same wire is the target's end of the tunnel.
 */
public abstract class OutboundContract extends OutboundFailures {

    @TestFactory
    Stream<DynamicTest> asksForTheTargetAsItWasNamed() {
        return targets().stream()
                .map(target -> dynamicTest(target.toString(), () -> {
                    Future<Channel> dialed = dial(hop(), target, new Via(carrier, false));
                    Wire accepted = accept();
                    assertThat(readRequest(accepted)).isEqualTo(Request.of(target));
                    assertThat(dialed.isDone()).as("done before the reply").isFalse();
                    accepted.write(granted());
                    Loops.get(dialed).close();
                }));
    }

    @Test
    void tellsOfItsHandshakeOnce() throws Exception {
        Hop hop = hop();
        Future<Channel> dialed = dial(hop);
        grant(accept());
        Loops.get(dialed).close();
        assertThat(observer.passed())
                .filteredOn(passed -> passed.step() == Step.HANDSHAKE)
                .singleElement()
                .satisfies(passed -> {
                    assertThat(passed.at()).isEqualTo(at(hop));
                    assertThat(passed.detail()).isNotBlank().doesNotContain("\n", "\r");
                    assertThat(passed.nanos()).isPositive();
                });
    }

    @Test
    void readsRepliesByteByByte() throws Exception {
        Future<Channel> dialed = dial(hop(), target(), new Via(carrier, true));
        grant(accept());
        Loops.get(dialed).close();
    }

    @Test
    void keepsBytesThatComeAlongWithTheReply() throws Exception {
        Wire client = enter(hop());
        Wire accepted = accept();
        readRequest(accepted);
        accepted.write(granted("220 ready"));
        client.expect("220 ready");
        accepted.write("more");
        client.expect("more");
    }

    @Test
    void keepsBytesAndTheEndThatComeAlongWithTheReply() throws Exception {
        Wire client = enter(hop());
        Wire accepted = accept();
        readRequest(accepted);
        accepted.write(granted("bye"));
        accepted.endOutput();
        client.expect("bye");
        client.expectEnd();
        client.write("still here");
        accepted.expect("still here");
    }

    /** The reply and what the target says right behind it, as one packet. */
    private byte[] granted(String behind) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(granted());
        all.write(behind.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        return all.toByteArray();
    }
}
