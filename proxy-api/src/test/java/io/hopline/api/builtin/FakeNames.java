package io.hopline.api.builtin;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A resolver that answers when the test says so. */
final class FakeNames implements Names {
    private final Map<SocketProtocolFamily, Promise<List<InetAddress>>> asked =
            new EnumMap<>(SocketProtocolFamily.class);

    @Override
    public Future<List<InetAddress>> lookup(String name, SocketProtocolFamily family, EventLoop loop) {
        Promise<List<InetAddress>> promise = loop.newPromise();
        asked.put(family, promise);
        return promise;
    }

    void answer(SocketProtocolFamily family, String... addresses) {
        asked(family)
                .setSuccess(Stream.of(addresses)
                        .map(NetUtil::createInetAddressFromIpAddressString)
                        .toList());
    }

    void fail(SocketProtocolFamily family) {
        asked(family).setFailure(new UnknownHostException("nothing"));
    }

    Promise<List<InetAddress>> asked(SocketProtocolFamily family) {
        Promise<List<InetAddress>> promise = asked.get(family);
        if (promise == null) {
            throw new AssertionError("nobody asked for " + family);
        }
        return promise;
    }
}
