package io.hopline.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns(1);
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
    void aTurnIsSoManyBytesAndNoMore() {
        Turns two = new Turns(2);
        try (RecordingLink a = link(two);
                RecordingLink b = link(two)) {
            for (String piece : List.of("1", "2", "3")) {
                a.stream.write(Unpooled.copiedBuffer("a" + piece, StandardCharsets.US_ASCII)
                        .skipBytes(1));
                b.stream.write(Unpooled.copiedBuffer("b" + piece, StandardCharsets.US_ASCII)
                        .skipBytes(1));
            }
            a.room = 0;
            b.room = 0;
            a.stream.flush();
            b.stream.flush();
            a.room = 9;
            b.room = 9;
            boolean[] open = {true};
            two.go(() -> {
                boolean was = open[0];
                open[0] = false;
                return was;
            });
            a.calls.removeIf("flush"::equals);
            assertThat(a.calls).containsExactly("1", "2");
            assertThat(b.calls).doesNotContain("1");
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
        return link(turns);
    }

    private static RecordingLink link(Turns turns) {
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
