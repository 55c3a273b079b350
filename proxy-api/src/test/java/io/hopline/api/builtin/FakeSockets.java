package io.hopline.api.builtin;

import io.hopline.api.HostPort;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sockets that connect when the test says so. */
final class FakeSockets implements Sockets {
    private final Map<String, ChannelPromise> attempts = new LinkedHashMap<>();

    @Override
    public List<SocketProtocolFamily> families() {
        return List.of(SocketProtocolFamily.INET6, SocketProtocolFamily.INET);
    }

    @Override
    public ChannelFuture connect(InetSocketAddress to, EventLoop loop) {
        Channel channel = new EmbeddedChannel();
        ChannelPromise promise = new DefaultChannelPromise(channel, loop);
        channel.closeFuture().addListener(closed -> promise.tryFailure(new ClosedChannelException()));
        attempts.put(HostPort.of(to).toString(), promise);
        return promise;
    }

    /** Whom a connection was tried to, in that order. */
    List<String> tried() {
        return new ArrayList<>(attempts.keySet());
    }

    void accept(String address) {
        attempt(address).setSuccess();
    }

    void refuse(String address) {
        attempt(address).setFailure(new ConnectException("Connection refused"));
    }

    void fail(String address, String message) {
        attempt(address).setFailure(new ConnectException(message));
    }

    Channel channel(String address) {
        return attempt(address).channel();
    }

    /** The sockets that nobody has closed. */
    List<String> open() {
        return attempts.entrySet().stream()
                .filter(attempt -> attempt.getValue().channel().isOpen())
                .map(Map.Entry::getKey)
                .toList();
    }

    private ChannelPromise attempt(String address) {
        ChannelPromise promise = attempts.get(address);
        if (promise == null) {
            throw new AssertionError("no attempt at " + address + ", but " + attempts.keySet());
        }
        return promise;
    }
}
