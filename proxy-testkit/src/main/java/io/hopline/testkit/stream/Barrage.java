package io.hopline.testkit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Frames without end, of one kind. */
@FunctionalInterface
public interface Barrage {

    /** Sends the frame of that number, from 0 on. */
    void send(int i) throws Exception;

    /** Sends more of them than anybody needs, or until the other end has heard enough. */
    static void of(Barrage frames) throws Exception {
        try {
            for (int i = 0; i < 5_000; i++) {
                frames.send(i);
            }
        } catch (IOException e) {
            assertThat(e).as("the other end closes the connection").isNotNull();
        }
    }
}
