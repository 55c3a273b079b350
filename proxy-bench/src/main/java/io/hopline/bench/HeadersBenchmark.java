package io.hopline.bench;

import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.http.HttpEntry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What is done to the heads of a forwarded request and its response: reading, judging, rewriting, writing; without sockets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadersBenchmark {

    /** How many header fields each head has besides those that it must have. */
    @Param({"3", "20"})
    public int fields;

    private EmbeddedChannel client;
    private EmbeddedChannel origin;
    private ByteBuf request;
    private ByteBuf response;

    @Setup
    public void open() {
        client = Embedded.channel();
        origin = Embedded.channel();
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < fields; i++) {
            more.append("X-Field-").append(i).append(": some value of this field\r\n");
        }
        request = ByteBufUtil.writeUtf8(
                client.alloc(),
                "GET http://origin.example/some/path HTTP/1.1\r\nHost: origin.example\r\n" + more + "\r\n");
        response =
                ByteBufUtil.writeUtf8(origin.alloc(), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n" + more + "\r\nwell");
        Session session =
                Session.of("bench", "direct", new InetSocketAddress(0), client.eventLoop(), SessionObserver.NONE);
        Inbound inbound = HttpEntry.create().to((target, of) -> of.loop().newSucceededFuture(origin));
        inbound.accept(client, session);
    }

    @TearDown
    public void close() {
        client.finishAndReleaseAll();
        origin.finishAndReleaseAll();
        request.release();
        response.release();
    }

    @Benchmark
    public int exchange() {
        client.writeInbound(request.retainedDuplicate());
        int passed = Embedded.take(origin);
        origin.writeInbound(response.retainedDuplicate());
        int back = Embedded.take(client);
        if (passed == 0 || back == 0) {
            throw new IllegalStateException("nothing was forwarded");
        }
        return passed + back;
    }
}
