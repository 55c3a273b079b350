package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Hop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every outbound that opens tunnels does, even a bare one, which asks nobody for them: extend it, tell what {@link
 * OutboundUnderTest} asks for, and each case runs against your hop, over a socket and over a stream. Where the hop has a server,
 * extend {@link OutboundContract} instead.
 */
@ParameterizedClass(name = "over a {0}")
@MethodSource("carriers")
public abstract class BareOutboundContract extends OutboundUnderTest {

    @Test
    void leavesThePipelineAsItWas() throws Exception {
        Via via = new Via(carrier, false);
        Future<Channel> dialed = dial(hop(), target(), via);
        grant(accept());
        Channel channel = Loops.get(dialed);
        List<ChannelHandler> left = Loops.on(
                channel.eventLoop(),
                () -> List.copyOf(channel.pipeline().toMap().values()));
        assertThat(left)
                .extracting(Object::getClass)
                .isEqualTo(bare(via.handlers()).stream().map(Object::getClass).toList());
        assertThat(channel.config().isAutoRead()).isFalse();
        channel.close();
    }

    @Test
    void keepsBytesThatTheClientSendsBeforeTheTunnelIsOpen() throws Exception {
        Wire client = enter(hop());
        client.write("early");
        Wire accepted = accept();
        client.write(" bird");
        client.endOutput();
        grant(accepted);
        accepted.expect("early bird");
        accepted.expectEnd();
    }

    @Test
    void opensSeveralTunnelsAtOnce() throws Exception {
        Hop hop = hop();
        Wire one = enter(hop);
        Wire serverOfOne = accept();
        Wire two = enter(hop);
        Wire serverOfTwo = accept();
        grant(serverOfTwo);
        grant(serverOfOne);
        serverOfOne.write("one");
        serverOfTwo.write("two");
        two.expect("two");
        one.expect("one");
    }
}
