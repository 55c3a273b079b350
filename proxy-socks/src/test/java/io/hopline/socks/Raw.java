package io.hopline.socks;

import io.hopline.api.HostPort;
import io.hopline.testkit.Hex;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that says what a test writes, with TLS or without; bytes are in hex, with spaces anywhere. */
final class Raw implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;
    private final Socket tcp;

    private Raw(Socket socket, Socket tcp) throws IOException {
        this.socket = socket;
        this.tcp = tcp;
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout(DEADLINE_MILLIS);
    }

    static Raw connect(HostPort to, boolean tls) throws IOException, GeneralSecurityException {
        Socket tcp = new Socket(to.host(), to.port());
        if (!tls) {
            return new Raw(tcp, tcp);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(tcp, to.host(), to.port(), true);
        secured.startHandshake();
        return new Raw(secured, tcp);
    }

    /** Connects from this address. */
    static Raw connect(HostPort to, String from) throws IOException {
        Socket tcp = new Socket();
        tcp.bind(new InetSocketAddress(from, 0));
        tcp.connect(new InetSocketAddress(to.host(), to.port()));
        return new Raw(tcp, tcp);
    }

    HostPort localAddress() {
        return HostPort.of((InetSocketAddress) tcp.getLocalSocketAddress());
    }

    void send(String hex) throws IOException {
        socket.getOutputStream().write(Hex.bytes(hex));
        socket.getOutputStream().flush();
    }

    /** Reads that many bytes, in hex. */
    String read(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
            throw new AssertionError("expected " + count + " bytes, got an end behind " + Hex.of(bytes));
        }
        return Hex.of(bytes);
    }

    /** The next bytes are these. */
    void expect(String hex) throws IOException {
        byte[] wanted = Hex.bytes(hex);
        String got = Hex.of(socket.getInputStream().readNBytes(wanted.length));
        if (!got.equals(Hex.of(wanted))) {
            throw new AssertionError("expected " + Hex.of(wanted) + ", got " + got);
        }
    }

    /** The other side ends next, in good order. */
    void expectEnd() throws IOException {
        int next = socket.getInputStream().read();
        if (next >= 0) {
            throw new AssertionError("expected an end, got the byte " + next);
        }
    }

    /** The other side breaks off. */
    void expectReset() {
        try (InputStream in = socket.getInputStream()) {
            byte[] rest = in.readAllBytes();
            throw new AssertionError("expected a reset, got an end in good order behind " + rest.length + " bytes");
        } catch (IOException reset) {
            // As it should be.
        }
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        tcp.close();
    }
}
