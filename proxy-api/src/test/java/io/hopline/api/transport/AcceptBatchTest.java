package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator.MaxMessageHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many clients a listener takes in one turn. */
class AcceptBatchTest {

    private final List<Socket> clients = new ArrayList<>();
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private BusyLoop busy;
    private SocketAddress address;

    private final AtomicInteger pauses = new AtomicInteger();

    /** Of the loop. */
    private int accepted;

    private volatile boolean closesAtOnce;

    @BeforeEach
    void start() throws Exception {
        assumeThat(Transport.EPOLL.obstacle()).isEmpty();
        busy = new BusyLoop();
        listen();
    }

    private void listen() throws Exception {
        address = new ServerBootstrap()
                .group(busy.loop())
                .channel(Transport.EPOLL.listener())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AcceptBatch())
                .handler(new AcceptPause(pauses::incrementAndGet))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (closesAtOnce) {
                            channel.parent().close();
                        }
                        EpollLoop loop = EpollLoop.current();
                        if (accepted++ == 0 && loop != null) {
                            int handledLast = loop.handledLast();
                            // After all that this turn's events bring.
                            channel.eventLoop().execute(() -> turnIsOver(handledLast));
                        }
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel()
                .localAddress();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        if (busy != null) {
            busy.close();
        }
    }

    @Test
    void acceptsAsManyAsTheLastTurnWasAbout() throws Exception {
        Turn turn;
        do {
            busy.whenBusy((one, other) -> clients(5));
            turn = next();
            assertThat(turn.accepted).isEqualTo(Math.min(5, turn.handledLast));
            // And all the rest, later.
            for (int rest = 5 - turn.accepted; rest > 0; ) {
                rest -= next().accepted;
            }
        } while (turn.handledLast == 1);
    }

    @Test
    void asksForNoSecondWhereTheLoopHasNothingElseToDo() throws Exception {
        busy.whenIdle(one -> clients(3));
        assertThat(next().accepted).isEqualTo(1);
    }

    @Test
    void acceptsNoMoreOnceItsListenerIsClosed() throws Exception {
        closesAtOnce = true;
        Turn turn;
        do {
            listen();
            busy.whenBusy((one, other) -> clients(5));
            turn = next();
            assertThat(turn.accepted).isEqualTo(1);
        } while (turn.handledLast == 1);
        assertThat(pauses).hasValue(0);
    }

    @Test
    void letsNobodyWaitForAllThatAreAccepted() throws Exception {
        List<Boolean> sent = new ArrayList<>();
        busy.whenBusy((one, other) -> {
            ChannelFuture flushed = one.writeAndFlush(Unpooled.wrappedBuffer(new byte[1]));
            long start = System.nanoTime();
            while (System.nanoTime() - start < 2_000_000) {
                Thread.onSpinWait();
            }
            MaxMessageHandle accepting = new AcceptBatch().newHandle();
            accepting.reset(one.config());
            accepting.continueReading();
            sent.add(flushed.isDone());
        });
        assertThat(sent).containsExactly(true);
    }

    private void turnIsOver(int handledLast) {
        turns.add(new Turn(accepted, handledLast));
        accepted = 0;
    }

    private Turn next() throws InterruptedException {
        Turn turn = turns.poll(10, TimeUnit.SECONDS);
        assertThat(turn).isNotNull();
        return turn;
    }

    /** They are connected once they wait in the system's queue. */
    private void clients(int count) {
        try {
            for (int i = 0; i < count; i++) {
                Socket client = new Socket();
                clients.add(client);
                client.connect(address);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record Turn(int accepted, int handledLast) {}
}
