package io.hopline.testkit;

/** What no client may send. */
public final class WrongRequest {

    private final String name;
    private final byte[] bytes;

    /**
     * @param name what is wrong with it, for the test's name
     * @param bytes all that the client sends; it does not end its output
     */
    public WrongRequest(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes.clone();
    }

    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }
}
