package io.hopline.bench;

import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.transport.InboundTls;
import io.hopline.api.transport.TlsServerConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** TLS in front of an inbound, without sockets; the client's half of the work is in it as well. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TlsBenchmark {

    private Inbound front;
    private SslContext clients;
    private @Nullable Channel served;
    private EmbeddedChannel client;
    private EmbeddedChannel server;
    private Channel inside;
    private ByteBuf bytes;

    @Setup
    public void open() throws SSLException {
        InboundTls tls = new TlsServerConfig().selfSigned().build();
        tls.ready();
        front = tls.over((channel, session) -> served = channel, false);
        clients = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .build();
        server = Embedded.channel();
        client = shakeHands(server);
        inside = taken();
        bytes = inside.alloc().directBuffer(16 << 10).writeZero(16 << 10);
    }

    @TearDown
    public void close() {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
        bytes.release();
    }

    private EmbeddedChannel shakeHands(EmbeddedChannel accepted) {
        EmbeddedChannel connected = new EmbeddedChannel(clients.newHandler(accepted.alloc()));
        front.accept(
                accepted,
                Session.of("bench", "direct", new InetSocketAddress(0), accepted.eventLoop(), SessionObserver.NONE));
        while (Embedded.pass(connected, accepted) || Embedded.pass(accepted, connected)) {
            // On to the next flight.
        }
        return connected;
    }

    private Channel taken() {
        Channel taken = served;
        if (taken == null) {
            throw new IllegalStateException("the handshake has not ended");
        }
        served = null;
        return taken;
    }

    /** A full handshake, TLS 1.3 where both ends have it, and the end of the connection. */
    @Benchmark
    public Channel handshake() {
        EmbeddedChannel accepted = Embedded.channel();
        EmbeddedChannel connected = shakeHands(accepted);
        connected.finishAndReleaseAll();
        accepted.finishAndReleaseAll();
        return taken();
    }

    /** 16 KiB, encrypted by the server and decrypted by the client. */
    @Benchmark
    public int down() {
        inside.writeAndFlush(bytes.retainedDuplicate(), inside.voidPromise());
        Embedded.pass(server, client);
        int read = 0;
        for (ByteBuf part = client.readInbound(); part != null; part = client.readInbound()) {
            read += part.readableBytes();
            part.release();
        }
        return read;
    }
}
