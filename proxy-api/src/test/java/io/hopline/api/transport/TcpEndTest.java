package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a connection whose output we have ended. */
class TcpEndTest {

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Socket peer = new Socket();
    private final List<EventLoopGroup> loops = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        peer.close();
        for (EventLoopGroup each : loops) {
            each.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void tellsThePeersEnd(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        Channel channel = ended(transport);
        peer.close();
        channel.read();
        assertThat(next()).isEqualTo("end");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void tellsAResetBeforeAllElseInTheSameWordsOnEach(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        Channel channel = ended(transport);
        peer.setSoLinger(true, 0);
        peer.close();
        channel.read();
        assertThat(next()).isEqualTo("the other side reset the connection");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void takesNoCloseOfOursForThePeersEnd(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        ended(transport).close();
        assertThat(next()).isEqualTo("inactive");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void takesNoAbortOfOursForThePeersEnd(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        ended(transport).writeAndFlush(Abort.INSTANCE);
        assertThat(next()).isEqualTo("inactive");
    }

    private String next() throws InterruptedException {
        return told.poll(10, TimeUnit.SECONDS);
    }

    /** A connection to the peer whose output is over. */
    private Channel ended(Transport transport) throws Exception {
        EventLoopGroup one = transport.loops(1);
        loops.add(one);
        ServerBootstrap listener =
                new ServerBootstrap().group(one).channel(transport.listener()).childHandler(new Listening());
        peer.connect(listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel()
                .localAddress());
        Channel channel = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(channel).isNotNull();
        channel.writeAndFlush(EndOfOutput.INSTANCE).sync();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        return channel;
    }

    private final class Listening extends ChannelInboundHandlerAdapter {

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.channel().config().setOptions(TcpChannels.OPTIONS);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            TcpChannels.prepare(ctx.channel());
            accepted.add(ctx.channel());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                told.add("end");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            told.add("inactive");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            told.add(String.valueOf(cause.getMessage()));
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }
}
