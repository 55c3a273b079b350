package io.hopline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.fuzz.World.Dials;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Servers that hops ask for a tunnel: it opens or it doesn't, within its time, and what the server said behind its reply is read. */
class OutboundFuzz {

    private static final HostPort TARGET = new HostPort("name.example", 443);
    private static final int PATIENCE_MILLIS = 60_000;

    private static final Chain CONNECT = Setup.chain("connect://proxy.example:8080");
    private static final Chain SOCKS4 = Setup.chain("socks4a://proxy.example:1080");
    private static final Chain SOCKS5 = Setup.chain("socks5://proxy.example:1080");
    private static final Chain PASSWORD = Setup.chain("socks5://u:p@proxy.example:1080");
    private static final Chain HTTP2 = Setup.chain("http2://proxy.example:443");
    private static final Chain SPDY = Setup.chain("spdy://proxy.example:443");

    @FuzzTest
    void connect(byte[] said) {
        run(CONNECT, said, true);
    }

    @FuzzTest
    void socks4(byte[] said) {
        run(SOCKS4, said, true);
    }

    @FuzzTest
    void socks5(byte[] said) {
        run(SOCKS5, said, true);
    }

    @FuzzTest
    void socks5WithPassword(byte[] said) {
        run(PASSWORD, said, true);
    }

    @FuzzTest
    void http2(byte[] said) {
        run(HTTP2, said, false, Setup.EMPTY_SETTINGS);
    }

    @FuzzTest
    void spdy(byte[] said) {
        run(SPDY, said, false);
    }

    /**
     * @param plain whether the tunnel's bytes are the connection's
     * @param greeting what the server says first
     */
    private static void run(Chain chain, byte[] said, boolean plain, byte... greeting) {
        Input input = Input.of(said);
        World world = new World(Dials.AT_ONCE, line -> {});
        // Stands for the client: its loop is the session's.
        Line client = world.line();
        Future<Channel> dialed = chain.over(world).dial(TARGET, World.session(client, null));
        world.work();
        Line server = world.dialedBut(client).get(0);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        dialed.addListener((Future<Channel> done) -> {
            if (done.isSuccess()) {
                Channel tunnel = done.getNow();
                client.eventLoop().execute(() -> {
                    tunnel.pipeline().addLast(new Reader(read));
                    tunnel.config().setAutoRead(true);
                    tunnel.writeAndFlush(Unpooled.copiedBuffer(new byte[] {'h', 'i'}));
                });
            }
        });
        server.say(greeting);
        world.work();
        for (byte[] piece : input.pieces()) {
            server.say(piece);
            world.work();
        }
        if (input.flag(3)) {
            server.end();
            world.work();
        }
        world.pass(PATIENCE_MILLIS);
        if (!dialed.isDone()) {
            throw new AssertionError("the dial never ends");
        }
        if (dialed.isSuccess()) {
            checkRead(input.bytes(), read.toByteArray(), plain);
            dialed.getNow().close();
        } else if (!(dialed.cause() instanceof DialException)) {
            throw new AssertionError("a dial failed as none may", dialed.cause());
        } else if (plain && server.isOpen()) {
            throw new AssertionError("the dial failed and its connection is open");
        }
        world.work();
        world.end(client, !plain);
    }

    private static void checkRead(byte[] said, byte[] read, boolean plain) {
        if (plain
                && !(read.length <= said.length
                        && Arrays.equals(said, said.length - read.length, said.length, read, 0, read.length))) {
            throw new AssertionError("the tunnel's bytes are not those behind the reply");
        }
    }

    private static final class Reader extends ChannelInboundHandlerAdapter {

        private final ByteArrayOutputStream read;

        Reader(ByteArrayOutputStream read) {
            this.read = read;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            byte[] some = new byte[bytes.readableBytes()];
            bytes.readBytes(some);
            read.writeBytes(some);
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                ctx.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
