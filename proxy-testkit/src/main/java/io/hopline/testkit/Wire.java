package io.hopline.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.hopline.api.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP connection, used with blocking reads and writes by a test that plays a client, a server or a target.
 *
 * <p>Every read has a deadline of ten seconds; what misses it, or brings something else than expected, fails the test and says
 * how. Text is ISO 8859-1: one byte for each character.
 */
public final class Wire implements AutoCloseable {

    /** What each socket of a test may buffer, in bytes and each way, so that what is in flight can be bounded. */
    static final int KERNEL_BUFFER = 128 * 1024;

    private static final int DEADLINE_MILLIS = 10_000;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private @Nullable ByteArrayOutputStream held;
    private int written;
    private int cutAfter = Integer.MAX_VALUE;

    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER);
        channel.socket().setSoTimeout(DEADLINE_MILLIS);
        this.in = channel.socket().getInputStream();
        this.out = channel.socket().getOutputStream();
    }

    /** Connects to a literal address. */
    public static Wire connect(HostPort address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER);
        channel.connect(new InetSocketAddress(address.host(), address.port()));
        return new Wire(channel);
    }

    /** Where this end is, as the other one sees it. */
    public HostPort localAddress() throws IOException {
        return HostPort.of((InetSocketAddress) channel.getLocalAddress());
    }

    /** Sends the bytes in one packet if they fit; blocks while the other end doesn't read. */
    public Wire write(byte... bytes) throws IOException {
        if (held != null) {
            held.write(bytes);
            return this;
        }
        int left = Math.min(bytes.length, cutAfter - written);
        out.write(bytes, 0, left);
        written += left;
        if (left < bytes.length) {
            throw new CutShort();
        }
        return this;
    }

    public Wire write(String text) throws IOException {
        return write(text.getBytes(ISO_8859_1));
    }

    /** Keeps what is written until {@link #release}. */
    public void hold() {
        held = new ByteArrayOutputStream();
    }

    /** Sends what was kept, in one packet if it fits. */
    public void release() throws IOException {
        byte[] all = requireNonNull(held).toByteArray();
        held = null;
        write(all);
    }

    /** Reads one byte, 0 to 255. */
    public int read() throws IOException {
        return read(1)[0] & 0xFF;
    }

    /** Reads that many bytes. */
    public byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        int got = 0;
        while (got < count) {
            int n = readSome(bytes, got, count - got);
            if (n < 0) {
                throw new AssertionError(
                        "the connection ended after " + shown(bytes, got) + "; expected " + count + " bytes in all");
            }
            got += n;
        }
        return bytes;
    }

    /** Reads up to and including the given text, for example an HTTP head up to its empty line. */
    public String readThrough(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] next = new byte[1];
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            if (readSome(next, 0, 1) < 0) {
                byte[] got = text.toString().getBytes(ISO_8859_1);
                throw new AssertionError("the connection ended after " + shown(got, got.length));
            }
            text.append((char) (next[0] & 0xFF));
        }
        return text.toString();
    }

    /** Reads the head of an HTTP message, its empty line included. */
    public String readHead() throws IOException {
        return readThrough("\r\n\r\n");
    }

    /** Reads all that comes until the other end ends its output in good order; fails at a reset. */
    public String readAll() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** Reads all that comes until the other end has ended its output or reset the connection. */
    public byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int n = readSome(some, 0, some.length); n >= 0; n = readSome(some, 0, some.length)) {
                all.write(some, 0, n);
            }
        } catch (IOException reset) {
            // As good an end as any here.
        }
        return all.toByteArray();
    }

    /** The next bytes are these. */
    public void expect(byte... bytes) throws IOException {
        byte[] got = read(bytes.length);
        if (!Arrays.equals(bytes, got)) {
            throw new AssertionError("expected " + shown(bytes, bytes.length) + ", got " + shown(got, got.length));
        }
    }

    /** The next bytes are this text. */
    public void expect(String text) throws IOException {
        expect(text.getBytes(ISO_8859_1));
    }

    /** The other end ends its output next, in good order: no byte comes before it, and no reset instead of it. */
    public void expectEnd() {
        byte[] next = new byte[1];
        try {
            if (readSome(next, 0, 1) >= 0) {
                throw new AssertionError("expected the end, got " + shown(next, 1));
            }
        } catch (IOException e) {
            throw new AssertionError("expected the end, got a reset", e);
        }
    }

    /** The other end resets the connection: it does not end in good order, whatever came before, which is returned. */
    public String expectReset() {
        return expectReset(false);
    }

    /** As {@link #expectReset}, but the other end may also end in good order as long as nothing has come. */
    public String expectResetOrNothing() {
        return expectReset(true);
    }

    private String expectReset(boolean orNothing) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int n = readSome(some, 0, some.length); n >= 0; n = readSome(some, 0, some.length)) {
                all.write(some, 0, n);
            }
        } catch (IOException reset) {
            return all.toString(ISO_8859_1);
        }
        if (orNothing && all.size() == 0) {
            return "";
        }
        throw new AssertionError(
                "expected a reset, got an end in good order behind " + shown(all.toByteArray(), all.size()));
    }

    /** Ends the output (FIN); reading goes on. */
    public Wire endOutput() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** Breaks the connection off (RST). */
    public void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** How many bytes have been written. */
    int written() {
        return written;
    }

    /** Lets that many bytes through and throws {@link CutShort} for the rest. */
    void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    /** Tells that no more bytes may be written. */
    static final class CutShort extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private int readSome(byte[] into, int offset, int length) throws IOException {
        try {
            return in.read(into, offset, length);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came within " + DEADLINE_MILLIS + " ms after " + shown(into, offset), e);
        }
    }

    private static String shown(byte[] bytes, int count) {
        int some = Math.min(count, 200);
        return count + " bytes ("
                + new String(bytes, 0, some, ISO_8859_1).replaceAll("[^ -~]", ".")
                + " = " + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, some) + ")";
    }
}
