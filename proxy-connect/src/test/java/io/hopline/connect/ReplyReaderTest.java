package io.hopline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Heads as a proxy sends them that means no good. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplyReaderTest {

    private static final String BLANKS = " \t".repeat(30_000);

    private final ReplyReader reader = new ReplyReader(1 << 18);

    @Test
    void readsAValueWithoutTheBlanksAroundIt() throws Exception {
        assertThat(read("a:" + BLANKS + "x" + BLANKS + "y" + BLANKS)).isTrue();
        assertThat(reader.field("a")).isEqualTo("x" + BLANKS + "y");
    }

    @Test
    void readsAValueOfBlanksAlone() throws Exception {
        assertThat(read("a:" + BLANKS)).isTrue();
        assertThat(reader.field("a")).isEmpty();
    }

    @Test
    void refusesAFieldThatIsWrongBehindManyBlanks() {
        assertThatThrownBy(() -> read("a:" + BLANKS + "\u0001"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("malformed header field");
    }

    private boolean read(String field) throws ProtocolException {
        ByteBuf in = Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n", StandardCharsets.ISO_8859_1);
        try {
            return reader.read(in);
        } finally {
            in.release();
        }
    }
}
