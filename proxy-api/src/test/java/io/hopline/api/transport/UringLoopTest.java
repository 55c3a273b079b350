package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loop of Netty's is asked for from its beginning to its end. */
@Timeout(30)
class UringLoopTest {

    private final Recording netty = new Recording();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, ClosingLoop.over(UringLoop.over(executor -> netty)));

    @Test
    void isPreparedOnceAndTurnsBehindThatIfItIsEndedFromOutside() throws Exception {
        loops.submit(() -> {}).sync();
        end();
        assertEnded();
    }

    @Test
    void isPreparedOnceAndTurnsBehindThatIfItIsEndedWhileATaskRuns() throws Exception {
        loops.submit(this::end).sync();
        assertEnded();
    }

    private void end() {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS);
    }

    private void assertEnded() throws InterruptedException {
        assertThat(loops.terminationFuture().await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(netty.told)
                .startsWith("begin", "turn")
                .containsOnlyOnce("prepare")
                .containsSubsequence("prepare", "turn", "turn", "destroy")
                .endsWith("destroy");
    }

    /** Waits for nothing but tasks. */
    private static final class Recording implements IoHandler {

        private final List<String> told = new CopyOnWriteArrayList<>();
        private final Semaphore wakeups = new Semaphore(0);

        @Override
        public int run(IoHandlerContext context) {
            if (context.canBlock() && context.delayNanos(System.nanoTime()) > 0) {
                wakeups.acquireUninterruptibly();
            }
            told.add("turn");
            return 0;
        }

        @Override
        public void initialize() {
            told.add("begin");
        }

        @Override
        public void prepareToDestroy() {
            told.add("prepare");
        }

        @Override
        public void destroy() {
            told.add("destroy");
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeup() {
            wakeups.release();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return true;
        }
    }
}
