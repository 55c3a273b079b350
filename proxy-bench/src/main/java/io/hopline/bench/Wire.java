package io.hopline.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client's socket, and what both ends need to read and write without allocating. */
final class Wire implements AutoCloseable {

    /** What a message without a body ends with. */
    static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final SocketChannel socket;
    private final ByteBuffer in;

    private Wire(SocketChannel socket, ByteBuffer in) {
        this.socket = socket;
        this.in = in;
    }

    /** @param in a direct buffer that no other wire uses at the same time; it bounds a reply */
    static Wire connect(InetSocketAddress address, ByteBuffer in) throws IOException {
        SocketChannel socket = SocketChannel.open(address);
        prepare(socket);
        return new Wire(socket, in);
    }

    static void prepare(SocketChannel socket) throws IOException {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    static ByteBuffer message(String text) {
        return message(text.getBytes(StandardCharsets.US_ASCII));
    }

    static ByteBuffer message(byte... bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Sends all of the buffer, which is left as it was. */
    static void write(SocketChannel socket, ByteBuffer message) throws IOException {
        message.rewind();
        while (message.hasRemaining()) {
            socket.write(message);
        }
    }

    /** Whether a message that ends so came, which the buffer holds then; false at the end of the stream. */
    static boolean readUntil(SocketChannel socket, ByteBuffer in, byte[] end) throws IOException {
        in.clear();
        while (!endsWith(in, end)) {
            if (socket.read(in) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsWith(ByteBuffer in, byte[] end) {
        int start = in.position() - end.length;
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < end.length; i++) {
            if (in.get(start + i) != end[i]) {
                return false;
            }
        }
        return true;
    }

    /** Sends the message and reads a reply that ends so; tells how long it is. */
    int ask(ByteBuffer message, byte[] end) throws IOException {
        write(socket, message);
        if (!readUntil(socket, in, end)) {
            throw new EOFException("cut short after " + in.position() + " bytes");
        }
        return in.position();
    }

    /** Sends the message and reads a reply of so many bytes. */
    int ask(ByteBuffer message, int bytes) throws IOException {
        write(socket, message);
        for (int left = bytes; left > 0; ) {
            in.clear().limit(Math.min(left, in.capacity()));
            int read = socket.read(in);
            if (read < 0) {
                throw new EOFException(left + " bytes are missing");
            }
            left -= read;
        }
        return bytes;
    }

    /** Ends the output, and waits for the other end to do so. */
    @Override
    public void close() throws IOException {
        try (socket) {
            socket.shutdownOutput();
            in.clear();
            if (socket.read(in) > 0) {
                throw new IOException("something came behind the end");
            }
        }
    }
}
