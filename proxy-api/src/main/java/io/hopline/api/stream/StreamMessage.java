package io.hopline.api.stream;

/** What a stream's protocol sends on it that is not bytes, such as headers; may be sent more than once. */
public interface StreamMessage {

    /** Whether its sender sends nothing more on the stream. */
    boolean last();
}
