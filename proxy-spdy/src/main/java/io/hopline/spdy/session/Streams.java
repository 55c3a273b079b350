package io.hopline.spdy.session;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streams of a session that are not yet over in both directions, and the ids that have been used (SPDY/3 section 2.3.2). */
final class Streams {

    private final boolean server;
    private final IntObjectMap<SpdyStream> open = new IntObjectHashMap<>();
    private final Set<SpdyStream> unsent = new LinkedHashSet<>();
    private final List<SpdyStream> arrived = new ArrayList<>();
    private int lastOfPeer;
    private int nextOwn = 1;

    Streams(boolean server) {
        this.server = server;
    }

    @Nullable SpdyStream get(int id) {
        return open.get(id);
    }

    int count() {
        return open.size() + unsent.size();
    }

    /** Whether a stream of this id is open or once was. */
    boolean known(int id) {
        return ofPeer(id) ? id <= lastOfPeer : !server && id < nextOwn;
    }

    /** Whether the peer may open a stream of this id now: ids of its side, ever larger. */
    boolean isNextOfPeer(int id) {
        return ofPeer(id) && id > lastOfPeer;
    }

    /** Notes that the peer has used the id, whatever becomes of the stream. */
    void usedByPeer(int id) {
        lastOfPeer = id;
    }

    int lastOfPeer() {
        return lastOfPeer;
    }

    /** A stream of ours that has not been told to the peer. */
    void addUnsent(SpdyStream stream) {
        unsent.add(stream);
    }

    /** Gives a stream of ours its id, in the order in which the peer is told. */
    int assign(SpdyStream stream) {
        unsent.remove(stream);
        int id = nextOwn;
        nextOwn += 2;
        open.put(id, stream);
        return id;
    }

    void add(int id, SpdyStream stream) {
        open.put(id, stream);
    }

    void remove(SpdyStream stream) {
        if (!unsent.remove(stream)) {
            open.remove(stream.id());
        }
    }

    /** Notes that the stream's channel has something to hand on. */
    void arrived(SpdyStream stream) {
        if (!stream.arrived) {
            stream.arrived = true;
            arrived.add(stream);
        }
    }

    /** Has the channels hand on what has come. */
    void deliver() {
        for (SpdyStream stream : arrived) {
            stream.arrived = false;
            stream.channel().deliver();
        }
        arrived.clear();
    }

    /** Whether all ids of ours, those of the unsent streams included, are used up. */
    boolean idsUsedUp() {
        return nextOwn + 2L * unsent.size() > Integer.MAX_VALUE - 2;
    }

    /** What is there now; the caller may close streams as it goes through them. */
    Collection<SpdyStream> snapshot() {
        List<SpdyStream> all = new ArrayList<>(open.values());
        all.addAll(unsent);
        return all;
    }

    private boolean ofPeer(int id) {
        return ((id & 1) == 1) == server;
    }
}
