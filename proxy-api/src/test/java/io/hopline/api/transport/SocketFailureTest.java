package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of sockets does not name what is called in here. */
final class SocketFailureTest {

    @ParameterizedTest
    @CsvSource({
        "recvAddress(..) failed with error(-104): Connection reset by peer, the other side reset the connection",
        "sendAddress(..) failed with error(-32): Broken pipe, the other side reset the connection",
        "Connection reset, the other side reset the connection",
        "recvAddress(..) failed with error(-110): Connection timed out, Connection timed out",
        "bind() failed: No route to host, No route to host",
        "the data may be cut short, the data may be cut short"
    })
    void isTheSameOnEachTransport(String said, String told) {
        IOException cause = new IOException(said);
        assertThat(SocketFailure.text(cause)).isEqualTo(told);
        assertThat(SocketFailure.told(cause)).hasMessage(told).isInstanceOf(IOException.class);
        assertThat(SocketFailure.isReset(SocketFailure.told(cause))).isEqualTo(SocketFailure.isReset(cause));
    }

    @Test
    void hasWordsForWhatNettyHasNoneFor() {
        assertThat(SocketFailure.text(new ClosedChannelException())).isEqualTo("the connection was closed");
    }

    @Test
    void leavesAloneWhatNeedsNoOtherWords() {
        Exception closed = new ClosedChannelException();
        assertThat(SocketFailure.told(closed)).isSameAs(closed);
        Exception broken = new IllegalStateException("Connection reset");
        assertThat(SocketFailure.told(broken)).isSameAs(broken);
    }
}
