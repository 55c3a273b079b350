package io.hopline.http2.session;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AsciiString;
import java.util.Set;

/** Configures Netty's codec at its strictest. */
final class SessionBuilder extends AbstractHttp2ConnectionHandlerBuilder<SessionHandler, SessionBuilder> {

    private static final int RESET_SECONDS = 30;
    private static final int QUEUED_CONTROL_FRAMES = 1_000;
    private static final int EMPTY_DATA_FRAMES = 10;
    private static final int SMALL_CONTINUATIONS = 16;
    private static final int GOODBYE_MILLIS = 1_000;

    /** What a compressor must not be able to tell apart (RFC 7541 section 7.1.3). */
    private static final Set<AsciiString> SECRET = Set.of(
            AsciiString.cached("proxy-authorization"),
            AsciiString.cached("authorization"),
            AsciiString.cached("cookie"),
            AsciiString.cached("set-cookie"));

    private final SessionSettings settings;
    private final SessionOwner owner;
    private final SendWindows send;
    private final ReceiveWindows receive;

    SessionBuilder(boolean server, SessionSettings settings, SessionOwner owner) {
        this.settings = settings;
        this.owner = owner;
        // Only what the peer could push is reserved, and that is nothing.
        Http2Connection connection = new DefaultHttp2Connection(server, 0);
        send = new SendWindows(connection);
        receive = new ReceiveWindows(connection, settings);
        connection(connection);
        initialSettings(server ? server() : client());
        validateHeaders(true);
        validateRequiredPseudoHeaders(true);
        headerSensitivityDetector((name, value) -> SECRET.contains(AsciiString.of(name)));
        decoderEnforceMaxRstFramesPerWindow(server ? settings.maxResets() : 0, RESET_SECONDS);
        encoderEnforceMaxRstFramesPerWindow(server ? settings.maxResets() : 0, RESET_SECONDS);
        encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL_FRAMES);
        decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES);
        decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS);
        decoupleCloseAndGoAway(true);
        gracefulShutdownTimeoutMillis(GOODBYE_MILLIS);
    }

    private Http2Settings server() {
        return common().maxConcurrentStreams(settings.maxStreams()).connectProtocolEnabled(true);
    }

    private Http2Settings client() {
        return common().pushEnabled(false);
    }

    private Http2Settings common() {
        return new Http2Settings()
                .initialWindowSize(settings.initialWindow())
                .maxHeaderListSize(settings.maxHeaderSize());
    }

    /** Begins the session on the connection. */
    Http2Session on(Channel connection) {
        SessionHandler handler = build();
        connection.pipeline().addLast(handler);
        // Its streams push back by their windows; read at once, more of a stream goes on with one write.
        connection.config().setAutoRead(true);
        return handler.session();
    }

    Http2Session session(SessionHandler of) {
        return new Http2Session(of, settings, owner, send, receive);
    }

    @Override
    protected SessionHandler build(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings initialSettings) {
        Http2ConnectionDecoder used = connection().isServer() ? decoder : shared(decoder, encoder);
        return new SessionHandler(used, encoder, initialSettings, this);
    }

    /** As the builder makes one, but for its headers and its count of empty DATA frames, which is the session's then. */
    private Http2ConnectionDecoder shared(Http2ConnectionDecoder instead, Http2ConnectionEncoder encoder) {
        instead.close();
        Http2FrameReader reader =
                new DefaultHttp2FrameReader(new SharedHeaders(settings.maxHeaderSize()), SMALL_CONTINUATIONS);
        return new DefaultHttp2ConnectionDecoder(
                connection(), encoder, reader, promisedRequestVerifier(), true, true, true, true);
    }
}
