package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.guard.GuardEvent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What clients can do to whoever packs and unpacks header sections (RFC 7541 section 7, RFC 9113 section 10.5.1). */
class HostileHeadersTest extends ServerTestBase {

    private static final int HEADER_TABLE_SIZE = 1;
    private static final int MAX_HEADER_LIST = 6;
    private static final int USUAL_TABLE = 4_096;
    private static final byte FIRST_OF_TABLE = (byte) 0xBE;

    /** What a client says of that is advice (RFC 9113 section 6.5.2), and one stream's trouble must not be that of others. */
    @Test
    void answersAClientThatSaysItTakesNoHead() throws Exception {
        client.settings(MAX_HEADER_LIST, 1);
        client.expectAnswer(1);
        client.settings(MAX_HEADER_LIST, 0);
        client.expectAnswer(3);
    }

    /** Otherwise all that was ever sent to a client would be kept for as long as it likes. */
    @Test
    void keepsNoLargerTableThanUsualForAClientThatAllowsIt() throws Exception {
        client.settings(HEADER_TABLE_SIZE, Integer.MAX_VALUE);
        client.get(1, "/");
        assertThat(lastTableSize(client.next(Peer.HEADERS).payload())).isLessThanOrEqualTo(USUAL_TABLE);
    }

    @Test
    void unpacksNoMoreThanItTakes() throws Exception {
        client.request(1, "GET", "/", true, "x-bomb", "x".repeat(3_000));
        client.expectHead(1, "200");
        client.body(1);
        byte[] bomb = new byte[8_000];
        Arrays.fill(bomb, FIRST_OF_TABLE);
        client.send(Peer.HEADERS, Peer.END_HEADERS | Peer.END_STREAM, 3, bomb);
        client.expectHead(3, "431");
        client.expectAnswer(5);
        assertThat(guard.counts().of(GuardEvent.HEAD_TOO_LARGE)).isEqualTo(1);
    }

    /** So much more than is taken that nobody unpacks it. */
    @Test
    void countsAHeaderSectionThatEndsTheSession() throws Exception {
        client.send(Peer.HEADERS, Peer.END_STREAM, 1, client.block(1, "x-large", "x".repeat(16_000)));
        client.send(Peer.CONTINUATION, 0, 1, client.block(1, "x-large", "y".repeat(16_000)));
        client.next(Peer.GOAWAY);
        assertThat(guard.counts().of(GuardEvent.HEAD_TOO_LARGE)).isEqualTo(1);
    }

    /** What the updates before a header block (RFC 7541 section 6.3) leave the table with. */
    private static int lastTableSize(ByteBuffer block) {
        int size = USUAL_TABLE;
        while ((block.get(block.position()) & 0xE0) == 0x20) {
            size = block.get() & 0x1F;
            if (size == 0x1F) {
                int shift = 0;
                int more;
                do {
                    more = block.get();
                    size += (more & 0x7F) << shift;
                    shift += 7;
                } while ((more & 0x80) != 0);
            }
        }
        return size;
    }
}
