package io.hopline.spdy.session;

import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySettingsFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyWindowUpdateFrame;

/** Says what each frame from the peer means for the session and its streams (SPDY/3 section 2), and finds what the peer must not do. */
final class Incoming {

    private static final String FLOOD = "too many frames that ask for nothing";

    private final SpdySession session;
    private final Streams streams;
    private final Outgoing outgoing;
    private final ReceiveBudget budget;
    private final Version version;
    private final boolean server;
    private final Allowance allowance = new Allowance();

    Incoming(
            SpdySession session,
            Streams streams,
            Outgoing outgoing,
            ReceiveBudget budget,
            Version version,
            boolean server) {
        this.session = session;
        this.streams = streams;
        this.outgoing = outgoing;
        this.budget = budget;
        this.version = version;
        this.server = server;
    }

    /** Takes a frame over. */
    void frame(Object msg) {
        if (msg instanceof SpdyDataFrame data) {
            data(data);
        } else if (msg instanceof SpdyWindowUpdateFrame update) {
            window(update.streamId(), update.deltaWindowSize());
        } else if (msg instanceof SpdySynStreamFrame syn) {
            opened(syn);
        } else if (msg instanceof SpdyHeadersFrame headers) {
            head(headers, msg instanceof SpdySynReplyFrame);
        } else if (!answersUs(msg) && cheapOnesAreTooMany()) {
            session.end(SessionError.PROTOCOL, FLOOD);
        } else if (msg instanceof SpdyRstStreamFrame reset) {
            reset(reset);
        } else if (msg instanceof SpdyPingFrame ping) {
            ping(ping.id());
        } else if (msg instanceof SpdySettingsFrame settings) {
            settings(settings);
        } else if (msg instanceof SpdyGoAwayFrame goAway) {
            session.peerGoesAway(goAway.lastGoodStreamId());
        }
    }

    /** Whether it is a reset of a stream that we have opened, of which there can be no more than we ask for. */
    private boolean answersUs(Object msg) {
        return !server && msg instanceof SpdyRstStreamFrame reset && streams.get(reset.streamId()) != null;
    }

    private boolean cheapOnesAreTooMany() {
        return !allowance.take() || outgoing.congested();
    }

    private void data(SpdyDataFrame frame) {
        int bytes = frame.content().readableBytes();
        SpdyStream stream = streams.get(frame.streamId());
        if (!budget.arrived(bytes)) {
            session.end(SessionError.FLOW_CONTROL, "the peer sent more than the session's window allows");
        } else if (bytes == 0 && !frame.isLast() && !allowance.take()) {
            session.end(SessionError.PROTOCOL, FLOOD);
        } else if (stream == null) {
            noStream(frame.streamId());
        } else if (valid(stream) && fits(stream, bytes)) {
            stream.arrive(frame.content().retain(), frame.isLast());
        }
        frame.release();
        int credit = budget.credit();
        if (credit > 0) {
            outgoing.grant(0, credit);
        }
    }

    private boolean fits(SpdyStream stream, int bytes) {
        if (!stream.takes(bytes)) {
            session.abort(stream, SpdyStreamStatus.FLOW_CONTROL_ERROR, "the peer sent more than the window allows");
            return false;
        }
        return true;
    }

    private void opened(SpdySynStreamFrame syn) {
        int id = syn.streamId();
        if (!streams.isNextOfPeer(id)) {
            session.end(SessionError.PROTOCOL, "the peer opened stream " + id + ", which it must not");
            return;
        }
        streams.usedByPeer(id);
        if (!server || syn.isUnidirectional() || !session.takesStream() || outgoing.congested()) {
            // Nothing is pushed to us, and who is told so can ask somebody else.
            refuse(id, SpdyStreamStatus.REFUSED_STREAM);
        } else if (syn.isInvalid()) {
            refuse(id, SpdyStreamStatus.PROTOCOL_ERROR);
        } else if (syn.isTruncated()) {
            session.owner().headTooLarge();
            refuse(id, SpdyStreamStatus.FRAME_TOO_LARGE);
        } else {
            session.accept(id, new StreamHead(syn.headers(), syn.isLast()));
        }
    }

    /** A SYN_REPLY or HEADERS. */
    private void head(SpdyHeadersFrame frame, boolean reply) {
        SpdyStream stream = streams.get(frame.streamId());
        if (stream == null) {
            noStream(frame.streamId());
        } else if (frame.isInvalid()) {
            session.abort(stream, SpdyStreamStatus.PROTOCOL_ERROR, "the peer sent a header block that is none");
        } else if (frame.isTruncated()) {
            session.owner().headTooLarge();
            session.abort(stream, SpdyStreamStatus.FRAME_TOO_LARGE, "the peer sent too large a header block");
        } else if (reply ? stream.begins() : valid(stream)) {
            if (stream.takesHead()) {
                stream.arrive(new StreamHead(frame.headers(), frame.isLast()));
            } else {
                session.abort(stream, SpdyStreamStatus.PROTOCOL_ERROR, "the peer sent too many header blocks");
            }
        } else if (reply) {
            session.abort(stream, SpdyStreamStatus.STREAM_IN_USE, "the peer replied twice");
        }
    }

    /** Whether something may follow on the stream; if not it is aborted. */
    private boolean valid(SpdyStream stream) {
        if (stream.inputEnded()) {
            session.abort(stream, SpdyStreamStatus.STREAM_ALREADY_CLOSED, "the peer went on after FIN");
            return false;
        }
        if (!stream.begun()) {
            session.abort(stream, SpdyStreamStatus.PROTOCOL_ERROR, "the peer sent data before its reply");
            return false;
        }
        return true;
    }

    /** What was on its way when a stream ended is nothing bad; a stream that never was is. */
    private void noStream(int id) {
        if (!streams.known(id)) {
            refuse(id, SpdyStreamStatus.INVALID_STREAM);
        }
    }

    private void refuse(int id, SpdyStreamStatus status) {
        if (cheapOnesAreTooMany()) {
            session.end(SessionError.PROTOCOL, FLOOD);
        } else {
            outgoing.reset(id, status);
        }
    }

    private void reset(SpdyRstStreamFrame frame) {
        SpdyStream stream = streams.get(frame.streamId());
        if (stream != null) {
            if (!server && frame.status().equals(SpdyStreamStatus.REFUSED_STREAM)) {
                session.refusedByPeer();
            }
            stream.resetByPeer(frame.status());
        }
    }

    private void ping(int id) {
        boolean ofPeer = ((id & 1) == 1) == server;
        if (ofPeer) {
            outgoing.control(new DefaultSpdyPingFrame(id));
        }
    }

    private void window(int id, int bytes) {
        if (id == 0) {
            if (version.hasSessionWindow() && !outgoing.credit(bytes)) {
                session.end(SessionError.FLOW_CONTROL, "the peer widened the session's window beyond 2^31-1");
            }
            return;
        }
        SpdyStream stream = streams.get(id);
        if (stream != null) {
            widen(stream, bytes);
        }
    }

    private void widen(SpdyStream stream, int delta) {
        if (stream.changeWindow(delta)) {
            stream.channel().resume();
        } else {
            session.abort(stream, SpdyStreamStatus.FLOW_CONTROL_ERROR, "the peer widened the window beyond 2^31-1");
        }
    }

    private void settings(SpdySettingsFrame settings) {
        if (settings.isSet(SpdySettingsFrame.SETTINGS_MAX_CONCURRENT_STREAMS)) {
            session.peerTakes(settings.getValue(SpdySettingsFrame.SETTINGS_MAX_CONCURRENT_STREAMS));
        }
        if (settings.isSet(SpdySettingsFrame.SETTINGS_INITIAL_WINDOW_SIZE)) {
            int size = settings.getValue(SpdySettingsFrame.SETTINGS_INITIAL_WINDOW_SIZE);
            if (size < 0) {
                session.end(SessionError.PROTOCOL, "the peer set windows beyond 2^31-1");
                return;
            }
            int delta = outgoing.setInitialWindow(size);
            streams.snapshot().forEach(stream -> widen(stream, delta));
        }
    }
}
