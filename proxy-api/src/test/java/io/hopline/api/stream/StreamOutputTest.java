package io.hopline.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamOutputTest {

    private final RecordingLink link = new RecordingLink();
    private final StreamChannel stream = link.stream;

    @AfterEach
    void close() {
        link.close();
    }

    @Test
    void sendsInOrderAndFlushesOnce() {
        stream.write("head");
        stream.write(bytes("body"));
        stream.writeAndFlush(EndOfOutput.INSTANCE);
        assertThat(link.calls).containsExactly("message head", "body", "end", "flush");
    }

    @Test
    void sendsNoMoreThanThereIsRoomFor() {
        link.room = 3;
        ChannelFuture write = stream.writeAndFlush(bytes("abcde"));
        stream.writeAndFlush(EndOfOutput.INSTANCE);
        assertThat(link.calls).containsExactly("abc", "flush");
        assertThat(write.isDone()).isFalse();
        link.room = 10;
        stream.resume();
        assertThat(link.calls).containsExactly("abc", "flush", "de", "end", "flush");
        assertThat(write.isSuccess()).isTrue();
    }

    @Test
    void staysUnwritableUntilWhatWaitsIsSent() {
        stream.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 4));
        link.room = 1;
        stream.writeAndFlush(bytes("abcdefgh"));
        assertThat(stream.isWritable()).isFalse();
        link.room = 10;
        stream.resume();
        assertThat(stream.isWritable()).isTrue();
    }

    @Test
    void endsBehindAMessageThatIsTheLast() {
        stream.writeAndFlush("last head");
        ChannelFuture late = stream.writeAndFlush(bytes("x"));
        assertThat(late.cause()).isInstanceOf(ChannelOutputShutdownException.class);
        stream.inputEnds();
        stream.close();
        assertThat(link.calls)
                .containsExactly(
                        "message last head", "flush", "Close[inputEnded=true, outputEnded=true, aborted=false]");
    }

    @Test
    void refusesAMessageThatItsProtocolDoesNotHave() {
        ChannelFuture write = stream.writeAndFlush(42);
        assertThat(write.cause()).isInstanceOf(IllegalArgumentException.class);
        assertThat(stream.isActive()).isTrue();
    }

    @Test
    void anAbortOvertakesWhatWaits() {
        link.room = 0;
        ByteBuf waits = bytes("a");
        ChannelFuture write = stream.writeAndFlush(waits);
        ChannelFuture abort = stream.writeAndFlush(Abort.INSTANCE);
        assertThat(write.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(waits.refCnt()).isZero();
        assertThat(abort.isSuccess()).isTrue();
        assertThat(stream.isActive()).isFalse();
        assertThat(link.calls).containsExactly("Close[inputEnded=false, outputEnded=false, aborted=true]");
    }

    @Test
    void mayBeClosedByWhoWaitsForTheLastWrite() {
        stream.write(bytes("a"));
        stream.writeAndFlush(EndOfOutput.INSTANCE).addListener(ChannelFutureListener.CLOSE);
        assertThat(link.calls)
                .containsExactly("a", "end", "flush", "Close[inputEnded=false, outputEnded=true, aborted=false]");
    }

    @Test
    void dropsWhatAPeerThatHasAllItWantsIsSent() {
        link.room = 0;
        ChannelFuture waiting = stream.writeAndFlush(bytes("a"));
        stream.outputUnwanted();
        ChannelFuture late = stream.writeAndFlush(bytes("b"));
        ChannelFuture end = stream.writeAndFlush(EndOfOutput.INSTANCE);
        assertThat(waiting.isSuccess()).isTrue();
        assertThat(late.isSuccess()).isTrue();
        assertThat(end.isSuccess()).isTrue();
        assertThat(stream.isActive()).isTrue();
        assertThat(link.calls).isEmpty();
    }

    @Test
    void dropsWhatIsWrittenToAPeerThatHasEndedAndThenReset() {
        stream.inputEnds();
        stream.broken(new IOException("reset"));
        assertThat(stream.writeAndFlush(bytes("a")).isSuccess()).isTrue();
        assertThat(link.calls).isEmpty();
    }

    @Test
    void tellsSinceWhenThePeerTakesNothing() {
        assertThat(stream.heldSince()).isZero();
        link.room = 1;
        stream.writeAndFlush(bytes("abc"));
        long first = stream.heldSince();
        assertThat(first).isNotZero();
        stream.resume();
        assertThat(stream.heldSince()).as("nothing was taken").isEqualTo(first);
        link.room = 10;
        stream.resume();
        assertThat(stream.heldSince()).isZero();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
