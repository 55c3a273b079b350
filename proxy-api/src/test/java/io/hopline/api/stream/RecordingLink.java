package io.hopline.api.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session of one stream that writes down what the stream asks of it. */
final class RecordingLink implements StreamLink, AutoCloseable {

    final List<String> calls = new ArrayList<>();
    final EmbeddedChannel session = new EmbeddedChannel();
    final StreamChannel stream = new StreamChannel(null, this);
    int room = Integer.MAX_VALUE;

    @Nullable Turns turns;

    RecordingLink() {
        session.eventLoop().register(stream);
    }

    @Override
    public int room() {
        if (turns != null && (room <= 0 || !turns.may(stream))) {
            turns.await(stream);
            return 0;
        }
        return room;
    }

    @Override
    public void data(ByteBuf bytes) {
        if (turns != null) {
            turns.sent(bytes.readableBytes());
        }
        room -= bytes.readableBytes();
        calls.add(bytes.toString(StandardCharsets.US_ASCII));
        bytes.release();
    }

    @Override
    public boolean message(Object message) {
        if (!(message instanceof String text)) {
            throw new IllegalArgumentException("not a message");
        }
        calls.add("message " + text);
        return text.startsWith("last");
    }

    @Override
    public void end() {
        calls.add("end");
    }

    @Override
    public void flush() {
        calls.add("flush");
    }

    @Override
    public void consumed(int bytes) {
        calls.add("consumed " + bytes);
    }

    @Override
    public void closed(Close close) {
        calls.add(close.toString());
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return null;
    }

    /** Does what the stream has put off. */
    void settle() {
        session.runPendingTasks();
    }

    @Override
    public void close() {
        stream.close();
        session.finishAndReleaseAll();
    }
}
