package io.hopline.api;

/** What a hop goes through before its stream is open, in this order. */
public enum Step {
    RESOLVE("name resolution"),
    CONNECT("TCP"),
    TLS("TLS"),
    HANDSHAKE("handshake"),
    /** What comes once the stream is open, where that is an exchange of HTTP messages. */
    RESPONSE("HTTP response"),
    /** The same where the exchange asks for another protocol. */
    UPGRADE("HTTP upgrade");

    private final String text;

    Step(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
