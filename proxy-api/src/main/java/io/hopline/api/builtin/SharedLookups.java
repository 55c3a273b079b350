package io.hopline.api.builtin;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Asks once where many of one event loop want to know the same at the same time; gives up when the last of them does. */
final class SharedLookups {
    private final EventLoop loop;
    private final Function<String, Future<List<InetAddress>>> lookups;
    private final Map<String, Shared> underway = new HashMap<>();

    SharedLookups(EventLoop loop, Function<String, Future<List<InetAddress>>> lookups) {
        this.loop = loop;
        this.lookups = lookups;
    }

    Future<List<InetAddress>> lookup(String name) {
        Shared shared = underway.get(name);
        if (shared == null) {
            Future<List<InetAddress>> lookup = lookups.apply(name);
            if (lookup.isDone()) {
                return lookup;
            }
            shared = new Shared(lookup);
            underway.put(name, shared);
            lookup.addListener(done -> underway.remove(name));
        }
        return shared.join(loop);
    }

    private static final class Shared {
        private final Future<List<InetAddress>> lookup;
        private int waiting;

        Shared(Future<List<InetAddress>> lookup) {
            this.lookup = lookup;
        }

        Future<List<InetAddress>> join(EventLoop loop) {
            waiting++;
            Promise<List<InetAddress>> own = loop.newPromise();
            own.addListener(done -> {
                waiting--;
                if (done.isCancelled() && waiting == 0) {
                    lookup.cancel(false);
                }
            });
            lookup.addListener((Future<List<InetAddress>> done) -> {
                if (done.isSuccess()) {
                    own.trySuccess(done.getNow());
                } else {
                    own.tryFailure(done.cause());
                }
            });
            return own;
        }
    }
}
