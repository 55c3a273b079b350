package io.hopline.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();
    private final List<String> sent = new ArrayList<>();

    @Test
    void streamsThatWaitSendOnePieceEachInTurn() {
        try (RecordingLink a = waiting("aa");
                RecordingLink b = waiting("bb");
                RecordingLink c = waiting("cc")) {
            go(6, a, b, c);
            assertThat(sent).containsExactly("a", "b", "c", "a", "b", "c");
        }
    }

    @Test
    void theRestWaitInTheirOrderWhenTheRoomIsUsedUp() {
        try (RecordingLink a = waiting("aa");
                RecordingLink b = waiting("bb")) {
            go(1, a, b);
            assertThat(sent).containsExactly("a");
            go(3, a, b);
            assertThat(sent).containsExactly("a", "b", "a", "b");
        }
    }

    @Test
    void whoComesLaterGoesBehindThoseThatWait() {
        try (RecordingLink a = waiting("a");
                RecordingLink late = link()) {
            late.stream.writeAndFlush(Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII));
            assertThat(late.calls).isEmpty();
            go(2, a, late);
            assertThat(sent).containsExactly("a", "x");
        }
    }

    @Test
    void aClosedStreamGivesItsTurnUp() {
        try (RecordingLink a = waiting("a");
                RecordingLink b = waiting("b")) {
            a.stream.close();
            turns.leave(a.stream);
            a.calls.clear();
            go(1, a, b);
            assertThat(sent).containsExactly("b");
        }
    }

    private RecordingLink link() {
        RecordingLink link = new RecordingLink();
        link.turns = turns;
        return link;
    }

    private RecordingLink waiting(String text) {
        RecordingLink link = link();
        link.room = 0;
        link.stream.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        return link;
    }

    /** Lets that many pieces of one byte out. */
    private void go(int pieces, RecordingLink... links) {
        for (int i = 0; i < pieces; i++) {
            for (RecordingLink link : links) {
                link.room = 1;
            }
            boolean[] open = {true};
            turns.go(() -> {
                boolean was = open[0];
                open[0] = false;
                return was;
            });
            for (RecordingLink link : links) {
                link.calls.removeIf("flush"::equals);
                sent.addAll(link.calls);
                link.calls.clear();
            }
        }
    }
}
