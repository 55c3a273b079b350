package io.hopline.http2.client;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Step;
import io.hopline.api.stream.ClientSession;
import io.hopline.http2.session.Http2Session;
import io.hopline.http2.session.SessionOwner;
import io.hopline.http2.session.SessionSettings;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a server's SETTINGS, which say how many streams it takes and what they may carry; from then on tells of what changes.
 */
final class Greeting implements SessionOwner {

    private final HopRef at;
    private final Promise<ClientSession> opened;
    private final Runnable changed;

    private Greeting(HopRef at, Promise<ClientSession> opened, Runnable changed) {
        this.at = at;
        this.opened = opened;
        this.changed = changed;
    }

    /** Begins a session on the connection, and completes or fails {@code opened} within the time. */
    static void start(
            Channel connection,
            SessionSettings settings,
            Duration timeout,
            HopRef at,
            Promise<ClientSession> opened,
            Runnable changed) {
        Greeting greeting = new Greeting(at, opened, changed);
        Http2Session session = Http2Session.open(connection, settings, greeting);
        Future<?> timer = connection
                .eventLoop()
                .schedule(
                        () -> greeting.fail(Reason.TIMEOUT, "no SETTINGS within " + timeout.toMillis() + " ms"),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        opened.addListener(done -> {
            timer.cancel(false);
            if (!done.isSuccess()) {
                session.close("not wanted");
            }
        });
    }

    @Override
    public void changed(Http2Session session) {
        if (opened.isDone()) {
            changed.run();
        } else if (!session.isAlive()) {
            fail(Reason.PROTOCOL, session.lossReason());
        } else if (session.hasPeerSettings() && session.hasRoom()) {
            opened.trySuccess(session);
        } else if (session.hasPeerSettings()) {
            // The next session would be told the same, and the one behind it.
            fail(Reason.REFUSED, "the server takes no streams");
        }
    }

    private void fail(Reason reason, String detail) {
        opened.tryFailure(new DialException(reason, at, Step.HANDSHAKE, detail));
    }
}
