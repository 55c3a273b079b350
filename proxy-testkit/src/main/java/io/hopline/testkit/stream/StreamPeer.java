package io.hopline.testkit.stream;

import io.hopline.testkit.Wire;
import java.io.IOException;

/** The other end of a session, played frame by frame: what it sends is bound by no rule. */
public interface StreamPeer extends AutoCloseable {

    /** How many entries the largest SETTINGS has whose length a frame's 24 bits can say, rounded to a power of two (CVE-2026-55831). */
    int MOST_SETTINGS = 262_144;

    /** Why a stream or a session is ended; each protocol has a code for it. */
    enum Fault {
        NONE,
        PROTOCOL,
        FLOOD,
        FRAME_SIZE,
        FLOW_CONTROL,
        CLOSED,
        REFUSED,
        CANCEL
    }

    /** The connection. */
    Wire wire();

    /** As a client, opens a stream with a request for a path of {@code http://origin.example}. */
    void request(int id, String method, String path, boolean last) throws Exception;

    /** As a client, opens a stream that asks for a tunnel to {@code origin.example:80}. */
    void connect(int id) throws Exception;

    /** As a server, takes the next stream, which asks for a tunnel, and grants it; returns its id. */
    int grant() throws Exception;

    void data(int id, boolean last, byte... bytes) throws IOException;

    void reset(int id) throws IOException;

    void ping() throws IOException;

    /** Widens the window of a stream, or of the session if the id is 0. */
    void credit(int id, int bytes) throws IOException;

    /** Sets the window that the streams of the other end have. */
    void initialWindow(int bytes) throws IOException;

    /** Sends a frame of a kind that nobody knows, of so many bytes. */
    void unknown(int bytes) throws IOException;

    /** Sends the start of a frame of {@value #MOST_SETTINGS} settings, which says so. */
    void mostSettings() throws IOException;

    /** How many bytes the windows that were heard of let this end send, on a stream or, if the id is 0, on all. */
    long room(int id);

    /** Returns when the other end has read all that was sent, and all windows that it has widened for that were heard of. */
    void settle() throws IOException;

    /** The next head is of this stream and has this status. */
    void expectStatus(int id, String status) throws Exception;

    /** All data up to the end of the stream. */
    String body(int id) throws IOException;

    /** The stream is reset next, whatever data comes before. */
    void expectReset(int id, Fault fault) throws IOException;

    /** The session is ended, whatever comes before. */
    void expectEnd(Fault fault) throws IOException;

    /** The session still works, as a new stream of this id shows. */
    default void expectAnswer(int id) throws Exception {
        request(id, "GET", "/", true);
        expectStatus(id, "200");
        body(id);
    }

    @Override
    void close() throws IOException;
}
