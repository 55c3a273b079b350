package io.hopline.bench;

import io.hopline.api.Chain;
import io.hopline.api.SessionObserver;
import io.hopline.connect.ConnectEntry;
import io.hopline.http.HttpEntry;
import io.hopline.launcher.Hopline;
import io.hopline.socks.Socks5Entry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A server with one event loop and no log, an origin, and what is said to both. */
@State(Scope.Benchmark)
public class Served {

    private final Chain direct = Chain.of();
    private Origin origin;
    private Hopline server;
    private ByteBuffer in;
    private ByteBuffer get;
    private ByteBuffer bulk;
    private ByteBuffer connect;
    private ByteBuffer hello;
    private ByteBuffer socks5;

    @Setup
    public void start() throws IOException {
        origin = new Origin();
        server = Hopline.builder()
                .threads(1)
                .observer(SessionObserver.NONE)
                .inbound("connect", "127.0.0.1:0", ConnectEntry.create(), direct)
                .inbound("http", "127.0.0.1:0", HttpEntry.create(), direct)
                .inbound("socks5", "127.0.0.1:0", Socks5Entry.create(), direct)
                .start();
        int port = origin.address().getPort();
        String authority = "127.0.0.1:" + port;
        in = ByteBuffer.allocateDirect(64 << 10);
        get = Wire.message("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority
                + "\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n");
        bulk = Wire.message("B\r\n\r\n");
        connect = Wire.message("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        hello = Wire.message((byte) 5, (byte) 1, (byte) 0);
        socks5 = Wire.message(
                (byte) 5,
                (byte) 1,
                (byte) 0,
                (byte) 1,
                (byte) 127,
                (byte) 0,
                (byte) 0,
                (byte) 1,
                (byte) (port >> 8),
                (byte) port);
    }

    @TearDown
    public void stop() throws IOException {
        server.shutdownNow();
        origin.close();
    }

    private Wire connect(InetSocketAddress address) throws IOException {
        return Wire.connect(address, in);
    }

    /** Connected to the origin itself. */
    Wire straight() throws IOException {
        return connect(origin.address());
    }

    /** Connected to the proxy that forwards. */
    Wire forwarder() throws IOException {
        return connect(server.address("http"));
    }

    /** A tunnel that CONNECT opened. */
    Wire connectTunnel() throws IOException {
        Wire wire = connect(server.address("connect"));
        wire.ask(connect, Wire.HEAD_END);
        return wire;
    }

    /** A tunnel that SOCKS 5 opened. */
    Wire socks5Tunnel() throws IOException {
        Wire wire = connect(server.address("socks5"));
        wire.ask(hello, 2);
        wire.ask(socks5, 10);
        return wire;
    }

    /** One small request. */
    int get(Wire wire) throws IOException {
        return wire.ask(get, Origin.LAST);
    }

    /** One response of {@link Origin#BULK} bytes. */
    int bulk(Wire wire) throws IOException {
        return wire.ask(bulk, Origin.BULK);
    }
}
