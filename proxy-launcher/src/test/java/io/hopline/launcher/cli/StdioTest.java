package io.hopline.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How standard input and output are joined to a channel. */
class StdioTest {

    @Test
    void waitsForNobodyWhereTheConnectionBrokeBeforeItWasJoined() throws Exception {
        EmbeddedChannel broken = new EmbeddedChannel();
        broken.close();
        try (PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed)) {
            CompletableFuture<Void> joined = Stdio.join(broken, in, new ByteArrayOutputStream());
            assertThat(joined)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withMessageContaining("the connection was closed before the target had ended it");
        }
    }
}
