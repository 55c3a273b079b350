package io.hopline.api.stream;

/** A session that this side has opened, as its {@linkplain SessionPools pool} sees it. */
public interface ClientSession {

    /** Whether streams can still be opened, now or when others have ended. */
    boolean isUsable();

    /** Whether another stream can be opened now. */
    boolean hasRoom();

    /** Makes a stream, which counts from now on and begins with its first message; only while there {@linkplain #hasRoom is room}. */
    ClientLink open();
}
