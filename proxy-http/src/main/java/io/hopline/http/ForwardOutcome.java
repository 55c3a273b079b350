package io.hopline.http;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.guard.ExchangePace;
import io.hopline.connect.Refusal;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** How a forward ends: what its client is told, and what becomes of the connection, or the dial, to its origin. */
abstract class ForwardOutcome implements ExchangePace.Exchange {

    final ForwardHandler owner;
    final Channel client;
    final Session session;
    final RequestTarget target;
    final Queue<HttpContent> early = new ArrayDeque<>(1);

    @Nullable Future<Channel> dialing;

    @Nullable Upstream upstream;

    boolean requestEnded;
    boolean responding;
    boolean over;
    long up;
    long down;
    private final long startNanos = System.nanoTime();
    private final ExchangePace pace;

    ForwardOutcome(ForwardHandler owner, Channel client, Session session, RequestTarget target) {
        this.owner = owner;
        this.client = client;
        this.session = session;
        this.target = target;
        this.pace = ExchangePace.keep(session.guard(), client.eventLoop(), this);
    }

    /** Whether the request may go out once more behind this failure, and does. */
    abstract boolean goesAgain(DialException failure);

    /** Writes the head of the response if it waits for more. */
    abstract void sendHead();

    /** Who waits for the response does not wait for a log's line as well. */
    final void finish(Object lastPart) {
        isOver();
        client.writeAndFlush(lastPart, client.voidPromise());
        end(Served.OK);
        owner.finished(this, upstream);
    }

    /** What went wrong before there was a response, in the dial or after it. */
    final void failed(Throwable cause) {
        if (over) {
            return;
        }
        DialException failure = DialException.from(cause, session.towards(), Step.RESPONSE);
        if (goesAgain(failure)) {
            return;
        }
        if (responding) {
            abort(failure.getMessage());
        } else {
            refuse(failure, false);
        }
    }

    private void refuse(DialException failure, boolean close) {
        abortUpstream();
        end(failure.getMessage());
        client.writeAndFlush(Refusal.of(failure).response(close));
        owner.finished(this, null);
    }

    final void refuse(Refusal refusal) {
        if (responding) {
            abort(refusal.outcome());
        } else {
            abortUpstream();
            end(refusal.outcome());
            client.writeAndFlush(refusal.response(true));
            owner.finished(this, null);
        }
    }

    /** A response that can't be finished is cut short for the client as well. */
    final void abort(String outcome) {
        abortUpstream();
        end(outcome);
        // What was whole of it may be of use all the same.
        sendHead();
        client.flush();
        client.writeAndFlush(Abort.INSTANCE);
    }

    /** The client is gone. */
    final void abandon() {
        if (!over) {
            abortUpstream();
            end("the client left before the response had ended");
        }
    }

    final void abortUpstream() {
        if (upstream != null) {
            upstream.serve(null);
            upstream.channel().writeAndFlush(Abort.INSTANCE);
            upstream = null;
        }
    }

    /** Nothing more is expected of it. */
    final void isOver() {
        over = true;
        pace.end();
    }

    private void end(String outcome) {
        isOver();
        if (dialing != null) {
            dialing.cancel(false);
        }
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        tell(up, down, outcome);
    }

    @Override
    public final long came() {
        return up;
    }

    @Override
    public final void tooSlow(String outcome) {
        refuse(new Refusal(HttpResponseStatus.REQUEST_TIMEOUT, outcome));
    }

    @Override
    public final void idle(String outcome) {
        if (responding) {
            abort(outcome);
        } else {
            refuse(new DialException(Reason.TIMEOUT, session.towards(), Step.RESPONSE, outcome), !requestEnded);
        }
    }

    final void tell(long bytesUp, long bytesDown, String outcome) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        session.observer().served(session, new Served(Optional.of(target.origin()), bytesUp, bytesDown, took, outcome));
    }
}
