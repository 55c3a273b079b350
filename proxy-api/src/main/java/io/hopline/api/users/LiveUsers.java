package io.hopline.api.users;

import io.hopline.api.settings.Live;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.util.concurrent.CompletableFuture;

/** The users that are in a file now. */
record LiveUsers(Live<Users> file) implements Users {

    @Override
    public Future<Answer> check(String user, String password, EventLoop loop) {
        CompletableFuture<Users> current = file.current();
        if (current.isDone()) {
            return current.join().check(user, password, loop);
        }
        Promise<Answer> answer = loop.newPromise();
        current.thenAcceptAsync(users -> PromiseNotifier.cascade(users.check(user, password, loop), answer), loop);
        return answer;
    }
}
