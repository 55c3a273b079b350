package io.hopline.testkit;

import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.transport.Listener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An inbound bound to a free loopback port, as the launcher binds it. */
public final class TestListener implements AutoCloseable {

    private final Channel channel;

    private TestListener(Channel channel) {
        this.channel = channel;
    }

    /** Binds the inbound; every session tells the observer. */
    public static TestListener bind(Loops loops, Inbound inbound, SessionObserver observer) throws Exception {
        Inbound bounded = (client, session) -> {
            client.config().setOption(ChannelOption.SO_RCVBUF, Wire.KERNEL_BUFFER);
            client.config().setOption(ChannelOption.SO_SNDBUF, Wire.KERNEL_BUFFER);
            inbound.accept(client, session);
        };
        return new TestListener(Listener.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        loops.transport(),
                        loops.group(),
                        bounded,
                        client -> Session.of("test", "test", client.remoteAddress(), client.eventLoop(), observer))
                .sync()
                .channel());
    }

    public HostPort address() {
        return HostPort.of((InetSocketAddress) channel.localAddress());
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }
}
