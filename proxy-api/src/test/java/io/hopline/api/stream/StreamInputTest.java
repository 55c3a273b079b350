package io.hopline.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamInputTest {

    private final RecordingLink link = new RecordingLink();
    private final StreamChannel stream = link.stream;
    private final RecordingReader reader = new RecordingReader();

    @BeforeEach
    void listen() {
        stream.pipeline().addLast(reader);
    }

    @AfterEach
    void close() {
        link.close();
    }

    @Test
    void handsNothingOnUnasked() {
        stream.received(bytes("a"));
        stream.inputEnds();
        stream.deliver();
        assertThat(reader.events).isEmpty();
        assertThat(link.calls).isEmpty();
    }

    @Test
    void creditsBytesOnceTheyAreHandedOn() {
        stream.received(bytes("abc"));
        stream.read();
        assertThat(reader.events).as("from within read()").isEmpty();
        link.settle();
        assertThat(reader.events).containsExactly("abc", "complete");
        assertThat(link.calls).containsExactly("consumed 3");
    }

    @Test
    void answersOneReadOnce() {
        stream.read();
        stream.received(bytes("a"));
        stream.deliver();
        stream.received(bytes("b"));
        stream.deliver();
        assertThat(reader.events).containsExactly("a", "complete");
    }

    @Test
    void handsOnAMessageInAReadOfItsOwn() {
        stream.receivedMessage("head");
        stream.received(bytes("body"));
        stream.receivedMessage("trailers");
        stream.config().setAutoRead(true);
        link.settle();
        assertThat(reader.events)
                .containsExactly("message head", "complete", "body", "complete", "message trailers", "complete");
    }

    @Test
    void leavesWhatFollowsAMessageToWhoeverReadsNext() {
        stream.receivedMessage("head");
        stream.received(bytes("body"));
        stream.read();
        link.settle();
        assertThat(reader.events).containsExactly("message head", "complete");
    }

    @Test
    void tellsTheEndBehindTheLastByte() {
        stream.config().setAutoRead(true);
        stream.received(bytes("a"));
        stream.inputEnds();
        stream.deliver();
        assertThat(reader.events).containsExactly("a", "complete", "ChannelInputShutdownEvent");
        assertThat(stream.isActive()).isTrue();
    }

    @Test
    void stopsAtOnceWhenAutoReadIsSwitchedOff() {
        stream.pipeline().replace(reader, null, new RecordingReader() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                super.channelRead(ctx, msg);
                ctx.channel().config().setAutoRead(false);
                reader.events.addAll(events);
                events.clear();
            }
        });
        stream.config().setAutoRead(true);
        stream.received(bytes("a"));
        stream.received(bytes("b"));
        stream.deliver();
        assertThat(reader.events).containsExactly("a");
        assertThat(link.calls).containsExactly("consumed 1");
    }

    @Test
    void pausesAReadThatWasNotAnsweredYetWhenAutoReadIsSwitchedOff() {
        stream.config().setAutoRead(true);
        stream.config().setAutoRead(false);
        stream.received(bytes("a"));
        stream.deliver();
        assertThat(reader.events).isEmpty();
    }

    @Test
    void completesAReadAfterABatchOfBoundedSize() {
        stream.config().setAutoRead(true);
        for (int i = 0; i < 10; i++) {
            stream.received(Unpooled.wrappedBuffer(new byte[16 * 1024]));
        }
        stream.deliver();
        assertThat(reader.events).filteredOn("complete"::equals).hasSize(3);
        assertThat(link.calls).containsExactly("consumed 65536", "consumed 65536", "consumed 32768");
    }

    @Test
    void doesNotKeepTheBufferOfAConnectionForBytesThatNobodyReads() {
        ByteBuf connection = Unpooled.copiedBuffer("xaxb", StandardCharsets.US_ASCII);
        stream.received(connection.retainedSlice(1, 1));
        stream.received(connection.retainedSlice(3, 1));
        assertThat(connection.refCnt()).isOne();
        connection.release();
        stream.read();
        link.settle();
        assertThat(reader.events).containsExactly("ab", "complete");
    }

    @Test
    void doesNotKeepTheBufferOfAConnectionForBytesThatItsReaderLeaves() {
        ByteBuf connection = Unpooled.copiedBuffer("xaxb", StandardCharsets.US_ASCII);
        stream.read();
        stream.receivedMessage("head");
        stream.received(connection.retainedSlice(1, 1));
        stream.received(connection.retainedSlice(3, 1));
        stream.deliver();
        assertThat(connection.refCnt()).isOne();
        connection.release();
        stream.read();
        link.settle();
        assertThat(reader.events).containsExactly("message head", "complete", "ab", "complete");
    }

    @Test
    void releasesWhatNobodyHasReadWhenItIsClosed() {
        ByteBuf bytes = bytes("a");
        stream.read();
        stream.received(bytes);
        stream.close();
        ByteBuf late = bytes("b");
        stream.received(late);
        assertThat(bytes.refCnt()).isZero();
        assertThat(late.refCnt()).isZero();
    }

    @Test
    void aResetAmidTheInputIsAnExceptionAndTheEnd() {
        stream.received(bytes("a"));
        stream.broken(new IOException("reset"));
        link.settle();
        assertThat(reader.events).containsExactly("reset", "inactive");
        assertThat(stream.isActive()).isFalse();
        assertThat(link.calls).containsExactly("Close[inputEnded=false, outputEnded=false, aborted=false]");
    }

    /** One packet may bring both. */
    @Test
    void aResetIsToldBehindWhatItsReaderHasAskedFor() {
        stream.config().setAutoRead(true);
        link.settle();
        stream.received(bytes("a"));
        stream.broken(new IOException("reset"));
        link.settle();
        assertThat(reader.events).containsExactly("a", "complete", "reset", "inactive");
    }

    @Test
    void whatAClientSaysBeforeItsResetIsHandedOnWhereItsRequestIsUnderWay() {
        stream.config().setAutoRead(true);
        stream.receivedMessage("head");
        stream.deliver();
        stream.received(bytes("a"));
        stream.failed(new IOException("reset"));
        link.settle();
        assertThat(reader.events).containsExactly("message head", "complete", "a", "complete", "reset", "inactive");
    }

    @Test
    void aRequestThatIsCalledOffInTheSameBreathIsNeverHandedOn() {
        stream.config().setAutoRead(true);
        stream.receivedMessage("head");
        stream.failed(new IOException("reset"));
        link.settle();
        assertThat(reader.events).containsExactly("reset", "inactive");
    }

    @Test
    void aResetBehindTheEndIsToldOnceTheInputIsReadToItsEnd() {
        stream.received(bytes("a"));
        stream.inputEnds();
        stream.broken(new IOException("reset"));
        assertThat(reader.events).isEmpty();
        stream.config().setAutoRead(true);
        link.settle();
        assertThat(reader.events).containsExactly("a", "complete", "ChannelInputShutdownEvent", "reset", "inactive");
    }

    @Test
    void aResetLongAfterTheEndIsToldAtOnce() {
        stream.inputEnds();
        stream.config().setAutoRead(true);
        link.settle();
        stream.broken(new IOException("reset"));
        link.settle();
        assertThat(reader.events).containsExactly("ChannelInputShutdownEvent", "reset", "inactive");
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
