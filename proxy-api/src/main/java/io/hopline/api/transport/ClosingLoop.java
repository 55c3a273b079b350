package io.hopline.api.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * A loop that closes its channels when it ends. Netty's own leaves them open if it is told to end, without a quiet period, while it
 * runs tasks: it looks for the wish to end before the tasks, and ends behind them.
 */
final class ClosingLoop implements IoHandler {

    private final IoHandler loop;
    private final ThreadAwareExecutor executor;

    private ClosingLoop(IoHandler loop, ThreadAwareExecutor executor) {
        this.loop = loop;
        this.executor = executor;
    }

    static IoHandlerFactory over(IoHandlerFactory loops) {
        return executor -> new ClosingLoop(loops.newHandler(executor), executor);
    }

    @Override
    public void initialize() {
        loop.initialize();
        if (executor instanceof SingleThreadEventExecutor thread) {
            thread.addShutdownHook(this::prepareToDestroy);
        }
    }

    @Override
    public int run(IoHandlerContext context) {
        return loop.run(context);
    }

    @Override
    public void prepareToDestroy() {
        loop.prepareToDestroy();
    }

    @Override
    public void destroy() {
        loop.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return loop.register(handle);
    }

    @Override
    public void wakeup() {
        loop.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return loop.isCompatible(handleType);
    }
}
