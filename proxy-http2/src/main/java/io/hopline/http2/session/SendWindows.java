package io.hopline.http2.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How much the peer lets us send, on each stream and on all together (RFC 9113 section 5.2). Queues nothing: who sends asks first,
 * and is told when a window that was empty has opened.
 */
final class SendWindows implements Http2RemoteFlowController {

    private static final int DEFAULT = 65_535;
    private static final int CONNECTION = 0;

    private final Http2Connection connection;
    private final PropertyKey key;
    private Consumer<Http2Stream> opened = stream -> {};
    private final Window shared = new Window(DEFAULT);
    private int initial = DEFAULT;
    private @Nullable ChannelHandlerContext ctx;

    SendWindows(Http2Connection connection) {
        this.connection = connection;
        this.key = connection.newKey();
        connection.remote().flowController(this);
        connection.addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamAdded(Http2Stream stream) {
                stream.setProperty(key, new Window(initial));
            }
        });
    }

    /** @param hook hears of a window that was empty and no longer is; of stream 0 for that of the connection */
    void onOpened(Consumer<Http2Stream> hook) {
        opened = hook;
    }

    private Window window(Http2Stream stream) {
        return stream.id() == CONNECTION ? shared : Objects.requireNonNull(stream.getProperty(key));
    }

    /** What may be sent on all streams together. */
    int shared() {
        return shared.size;
    }

    /** What the stream's own window lets through, whatever that of the connection says. */
    int own(Http2Stream stream) {
        return window(stream).size;
    }

    void sent(Http2Stream stream, int bytes) {
        window(stream).size -= bytes;
        shared.size -= bytes;
    }

    @Override
    public int windowSize(Http2Stream stream) {
        return own(stream);
    }

    @Override
    public void incrementWindowSize(Http2Stream stream, int delta) throws Http2Exception {
        Window window = window(stream);
        if (window.size > Integer.MAX_VALUE - delta) {
            // RFC 9113 section 6.9.1
            String text = "a WINDOW_UPDATE takes the window beyond 2^31-1";
            throw stream.id() == CONNECTION
                    ? Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, text)
                    : Http2Exception.streamError(stream.id(), Http2Error.FLOW_CONTROL_ERROR, text);
        }
        boolean wasEmpty = window.size <= 0;
        window.size += delta;
        if (wasEmpty && window.size > 0) {
            opened.accept(stream);
        }
    }

    @Override
    public int initialWindowSize() {
        return initial;
    }

    /** From the peer's SETTINGS; changes the windows of all streams by the difference, never that of the connection. */
    @Override
    public void initialWindowSize(int size) throws Http2Exception {
        int delta = size - initial;
        initial = size;
        connection.forEachActiveStream(stream -> {
            if (delta > 0 && window(stream).size > Integer.MAX_VALUE - delta) {
                // RFC 9113 section 6.9.2
                throw Http2Exception.connectionError(
                        Http2Error.FLOW_CONTROL_ERROR, "SETTINGS_INITIAL_WINDOW_SIZE takes a window beyond 2^31-1");
            }
            boolean wasEmpty = window(stream).size <= 0;
            window(stream).size += delta;
            if (wasEmpty && window(stream).size > 0) {
                opened.accept(stream);
            }
            return true;
        });
    }

    @Override
    public void channelHandlerContext(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public ChannelHandlerContext channelHandlerContext() {
        return Objects.requireNonNull(ctx);
    }

    @Override
    public void addFlowControlled(Http2Stream stream, FlowControlled frame) {
        throw new UnsupportedOperationException("nothing is queued here");
    }

    @Override
    public boolean hasFlowControlled(Http2Stream stream) {
        return false;
    }

    @Override
    public void writePendingBytes() {
        // There are none.
    }

    @Override
    public void listener(Listener listener) {
        // Who sends is told by the function that was given.
    }

    @Override
    public boolean isWritable(Http2Stream stream) {
        return own(stream) > 0 && shared.size > 0;
    }

    @Override
    public void channelWritabilityChanged() {
        // The session takes care of it.
    }

    @Override
    public void updateDependencyTree(int child, int parent, short weight, boolean exclusive) {
        // Priorities are deprecated (RFC 9113 section 5.3.2).
    }

    private static final class Window {
        int size;

        Window(int size) {
            this.size = size;
        }
    }
}
