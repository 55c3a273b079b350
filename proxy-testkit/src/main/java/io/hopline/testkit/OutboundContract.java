package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.hopline.api.Hop;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every outbound protocol with a server does: extend it, tell what {@link OutboundUnderTest} asks for, and each case runs
 * against your hop, over a socket and over a stream.
 *
 * <p>Your test plays the server: it reads the request off a {@link Wire} and knows the bytes of each reply. Behind the reply the
 * same wire is the target's end of the tunnel.
 */
@ParameterizedClass(name = "over a {0}")
@EnumSource(Carrier.class)
public abstract class OutboundContract extends OutboundFailures {

    @TestFactory
    Stream<DynamicTest> asksForTheTargetAsItWasNamed() {
        return targets().stream()
                .map(target -> dynamicTest(target.toString(), () -> {
                    Future<Channel> dialed = dial(hop(server().address(), LONG), target, new Via(carrier, false));
                    Wire accepted = accept();
                    assertThat(readRequest(accepted)).isEqualTo(Request.of(target));
                    assertThat(dialed.isDone()).as("done before the reply").isFalse();
                    accepted.write(granted());
                    Loops.get(dialed).close();
                }));
    }

    @Test
    void leavesThePipelineAsItWas() throws Exception {
        Via via = new Via(carrier, false);
        Future<Channel> dialed = dial(hop(server().address(), LONG), targets().get(0), via);
        grant();
        Channel channel = Loops.get(dialed);
        List<ChannelHandler> left = Loops.on(
                channel.eventLoop(),
                () -> List.copyOf(channel.pipeline().toMap().values()));
        assertThat(left).isEqualTo(bare(via.handlers()));
        assertThat(channel.config().isAutoRead()).isFalse();
        channel.close();
    }

    @Test
    void tellsOfItsHandshakeOnce() throws Exception {
        Hop hop = hop(server().address(), LONG);
        Future<Channel> dialed = dial(hop);
        grant();
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
        Future<Channel> dialed = dial(hop(server().address(), LONG), targets().get(0), new Via(carrier, true));
        grant();
        Loops.get(dialed).close();
    }

    @Test
    void keepsBytesThatComeAlongWithTheReply() throws Exception {
        Wire client = enter(hop(server().address(), LONG));
        Wire accepted = accept();
        readRequest(accepted);
        accepted.write(granted("220 ready"));
        client.expect("220 ready");
        accepted.write("more");
        client.expect("more");
    }

    @Test
    void keepsBytesAndTheEndThatComeAlongWithTheReply() throws Exception {
        Wire client = enter(hop(server().address(), LONG));
        Wire accepted = accept();
        readRequest(accepted);
        accepted.write(granted("bye"));
        accepted.endOutput();
        client.expect("bye");
        client.expectEnd();
        client.write("still here");
        accepted.expect("still here");
    }

    @Test
    void keepsBytesThatTheClientSendsBeforeTheReply() throws Exception {
        Wire client = enter(hop(server().address(), LONG));
        client.write("early");
        Wire accepted = accept();
        readRequest(accepted);
        client.write(" bird");
        client.endOutput();
        accepted.write(granted());
        accepted.expect("early bird");
        accepted.expectEnd();
    }

    @Test
    void opensSeveralTunnelsAtOnce() throws Exception {
        Hop hop = hop(server().address(), LONG);
        Wire one = enter(hop);
        Wire serverOfOne = accept();
        Wire two = enter(hop);
        Wire serverOfTwo = accept();
        readRequest(serverOfTwo);
        readRequest(serverOfOne);
        serverOfOne.write(granted("one"));
        serverOfTwo.write(granted("two"));
        two.expect("two");
        one.expect("one");
    }

    private void grant() throws Exception {
        Wire accepted = accept();
        readRequest(accepted);
        accepted.write(granted());
    }

    /** The reply and what the target says right behind it, as one packet. */
    private byte[] granted(String behind) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(granted());
        all.write(behind.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        return all.toByteArray();
    }
}
