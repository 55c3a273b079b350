package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.EndOfOutput;
import io.hopline.api.HostPort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslProvider;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TlsEndTest {

    private static final String CUT_SHORT =
            "broken: the connection ended without TLS close_notify, so the data may be cut short";

    private final BlockingQueue<End> accepted = End.queue();
    private Wire wire;

    @SuppressWarnings("NullAway.Init")
    private End client;

    @SuppressWarnings("NullAway.Init")
    private End server;

    @BeforeEach
    void open() {
        wire = new Wire();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private void connect(TlsPairing pairing) {
        HostPort address = wire.listen(pairing.front().over(End.into(accepted), false));
        client = wire.open(address, "proxy.corp", pairing.layer());
        server = Wire.take(accepted);
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#all")
    void passesDataBothWays(TlsPairing pairing) {
        connect(pairing);
        client.send("hello");
        server.awaitText("hello");
        server.send("welcome");
        client.awaitText("welcome");
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#halfClosing")
    void carriesOnAfterTheClientHasEnded(TlsPairing pairing) {
        connect(pairing);
        client.send("request");
        client.endOutput();
        server.awaitEvent("end of input after 7");
        server.send("the answer ");
        server.send("and the rest");
        server.endOutput();
        client.awaitEvent("end of input after 23");
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#halfClosing")
    void carriesOnAfterTheServerHasEnded(TlsPairing pairing) {
        connect(pairing);
        server.send("banner");
        server.endOutput();
        client.awaitEvent("end of input after 6");
        client.send("all that ");
        client.send("is left");
        client.endOutput();
        server.awaitEvent("end of input after 16");
    }

    @Test
    void failsWhatIsSentWhereTheJdkHasAnsweredTheEndOfTls12() {
        connect(new TlsPairing(SslProvider.OPENSSL, SslProvider.JDK, TlsVersion.TLS_1_2));
        client.endOutput();
        server.awaitEvent("end of input after 0");
        server.channel.writeAndFlush(Unpooled.copiedBuffer(new byte[10]), server.channel.voidPromise());
        server.awaitEvent("broken: TLS has ended, so what was to be sent is lost");
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#all")
    void endsOnceAndThenClosesCleanly(TlsPairing pairing) {
        connect(pairing);
        server.send("last words");
        server.endOutput();
        client.awaitEvent("end of input after 10");
        client.endOutput();
        server.awaitEvent("end of input after 0");
        server.channel.close();
        client.channel.close();
        client.awaitClosed();
        assertThat(client.awaitEvent("closed")).containsExactly("end of input after 10", "closed");
        assertThat(server.awaitEvent("closed")).containsExactly("end of input after 0", "closed");
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#all")
    void takesAnEndOfTcpWithoutCloseNotifyForATruncation(TlsPairing pairing) {
        connect(pairing);
        server.send("half of it");
        client.awaitText("half of it");
        ((SocketChannel) server.channel).shutdownOutput();
        assertThat(client.awaitEvent(CUT_SHORT)).containsExactly(CUT_SHORT);
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#all")
    void abortsWithoutCloseNotify(TlsPairing pairing) {
        connect(pairing);
        server.send("half of it");
        client.awaitText("half of it");
        server.abort();
        client.awaitBroken();
        assertThat(client.events()).noneMatch(event -> event.startsWith("end of input"));
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#providers")
    void dropsWhatComesBehindTheEnd(SslProvider provider) {
        connect(new TlsPairing(provider, provider, TlsVersion.TLS_1_3));
        server.endOutput();
        client.awaitEvent("end of input after 0");
        ByteBuf flood = Unpooled.buffer().writeZero(100);
        on(client.channel, () -> client.channel.pipeline().firstContext().fireChannelRead(flood));
        assertThat(flood.refCnt()).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#providers")
    void losesNothingWhenItsOutputEndsWhileItReads(SslProvider provider) {
        TlsPairing pairing = new TlsPairing(provider, provider, TlsVersion.TLS_1_3);
        HostPort address = wire.listen(pairing.front().over(End.into(accepted), false));
        Channel dialed = Wire.get(wire.dial(address, "proxy.corp", pairing.layer()));
        server = Wire.take(accepted);
        for (int i = 0; i < 200; i++) {
            server.channel.write(Unpooled.copiedBuffer(new byte[1000]));
        }
        server.endOutput();
        dialed.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ctx.writeAndFlush(EndOfOutput.INSTANCE);
                ctx.pipeline().remove(this);
                ctx.fireChannelRead(msg);
            }
        });
        End.of(dialed).awaitEvent("end of input after 200000");
        server.awaitEvent("end of input after 0");
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#all")
    void keepsWhatTheServerSaysUntilSomebodyReads(TlsPairing pairing) {
        HostPort address = wire.listen(pairing.front().over(End.into(accepted), false));
        Channel dialed = Wire.get(wire.dial(address, "proxy.corp", pairing.layer()));
        server = Wire.take(accepted);
        server.send("220 ready");
        server.endOutput();
        End.of(dialed).awaitEvent("end of input after 9");
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#halfClosing")
    void endsEachDirectionOfTlsInsideTls(TlsPairing pairing) {
        HostPort address = wire.listen(pairing.front().over(pairing.front().over(End.into(accepted), false), false));
        client = wire.open(address, "proxy.corp", pairing.layer(), pairing.layer());
        server = Wire.take(accepted);
        byte[] data = new byte[5_000_000];
        new Random(1).nextBytes(data);
        client.send(data);
        server.awaitBytes(data.length);
        client.endOutput();
        server.awaitEvent("end of input after 5000000");
        assertThat(server.bytes()).isEqualTo(data);
        server.send(data);
        server.endOutput();
        client.awaitEvent("end of input after 5000000");
        assertThat(client.bytes()).isEqualTo(data);
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#all")
    void abortsTlsInsideTls(TlsPairing pairing) {
        HostPort address = wire.listen(pairing.front().over(pairing.front().over(End.into(accepted), false), false));
        client = wire.open(address, "proxy.corp", pairing.layer(), pairing.layer());
        server = Wire.take(accepted);
        server.send("half of it");
        client.awaitText("half of it");
        client.abort();
        server.awaitBroken();
        assertThat(server.events()).noneMatch(event -> event.startsWith("end of input"));
    }

    private static void on(Channel channel, Callable<?> action) {
        Wire.get(channel.eventLoop().submit(action));
    }
}
