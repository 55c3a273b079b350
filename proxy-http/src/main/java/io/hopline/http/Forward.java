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
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One request on its way out and its response on the way back: parts pass as they come, each side paced by the other. */
final class Forward implements ExchangePace.Exchange {

    private static final String TOO_MANY = "it has more header fields than are taken";

    private final ForwardHandler owner;
    private final Channel client;
    private final Session session;
    private final HttpRequest request;
    private final RequestTarget target;
    private final Upstreams.Key key;
    private final long startNanos = System.nanoTime();
    private final Queue<HttpContent> early = new ArrayDeque<>();
    private final ExchangePace pace;
    private @Nullable Future<Channel> dialing;
    private @Nullable Upstream upstream;
    private @Nullable HttpResponse head;
    private boolean requestEnded;
    private boolean responding;
    private boolean over;
    private long up;
    private long down;
    private int messages;

    Forward(
            ForwardHandler owner,
            Channel client,
            Session session,
            HttpRequest request,
            RequestTarget target,
            Upstreams.Key key) {
        this.owner = owner;
        this.client = client;
        this.session = session;
        this.request = request;
        this.target = target;
        this.key = key;
        this.requestEnded = request instanceof LastHttpContent;
        this.pace = ExchangePace.keep(session.guard(), client.eventLoop(), this);
    }

    /** Sends the request over this connection; dials where there is none. */
    void start(@Nullable Upstream kept) {
        if (kept != null) {
            send(kept);
            return;
        }
        dialing = owner.outbound(request).dialHttp(target.origin(), session);
        dialing.addListener((Future<Channel> done) -> {
            if (!done.isSuccess()) {
                failed(done.cause());
            } else if (over) {
                done.getNow().writeAndFlush(Abort.INSTANCE);
            } else {
                send(new Upstream(key, done.getNow()));
            }
        });
    }

    private void send(Upstream connection) {
        upstream = connection;
        connection.serve(this);
        connection.passing(request, HttpHeaderNames.AUTHORIZATION);
        Channel channel = connection.channel();
        channel.write(request);
        for (HttpContent part = early.poll(); part != null; part = early.poll()) {
            channel.write(part);
        }
        channel.flush();
        channel.read();
        readRequest();
    }

    /** A part of the request's body; taken over. */
    void requestPart(HttpContent part) {
        if (over) {
            part.release();
            return;
        }
        if (part instanceof LastHttpContent last) {
            requestEnded = true;
            Refusal objection = last.decoderResult().isFailure()
                    ? new Refusal(HttpResponseStatus.BAD_REQUEST, "The request's body is malformed or was cut short.")
                    : owner.limits().objection(last.trailingHeaders());
            if (objection != null) {
                last.release();
                refuse(objection);
                return;
            }
        }
        up += part.content().readableBytes();
        if (upstream == null) {
            early.add(part);
        } else {
            upstream.channel().write(part, upstream.channel().voidPromise());
        }
    }

    /** The client's read is over: passes on what came, and reads more if there is room for it. */
    void requestRead() {
        if (upstream != null) {
            upstream.channel().flush();
            readRequest();
        }
    }

    /** Reads more of the request if there is more and there is room for it. */
    void readRequest() {
        if (isAwaited()) {
            client.read();
        }
    }

    @Override
    public long came() {
        return up;
    }

    @Override
    public long moved() {
        return up + down + messages;
    }

    @Override
    public boolean isAwaited() {
        return !over && !requestEnded && upstream != null && upstream.channel().isWritable();
    }

    @Override
    public void tooSlow(String outcome) {
        refuse(new Refusal(HttpResponseStatus.REQUEST_TIMEOUT, outcome));
    }

    @Override
    public void idle(String outcome) {
        if (responding) {
            abort(outcome);
        } else {
            abortUpstream();
            refuse(new DialException(Reason.TIMEOUT, session.towards(), Step.RESPONSE, outcome), !requestEnded);
        }
    }

    void response(HttpResponse response) {
        messages++;
        if (tooMany(response.headers())) {
            ReferenceCountUtil.release(response);
            abortUpstream();
            failed(new DialException(Reason.PROTOCOL, session.towards(), Step.RESPONSE, TOO_MANY));
            return;
        }
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS) && upstream != null) {
            over = true;
            pace.end();
            owner.upgrade(this, response, upstream);
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            client.write(response);
            return;
        }
        responding = true;
        owner.rewriting().rewrite(response);
        if (response instanceof LastHttpContent) {
            finish(response);
        } else {
            head = response;
        }
    }

    /** The head goes out by itself unless the whole response came along with it: one piece takes fewer buffers and calls. */
    private void sendHead() {
        if (head != null) {
            client.write(head, client.voidPromise());
            head = null;
        }
    }

    void responsePart(HttpContent part) {
        down += part.content().readableBytes();
        if (!(part instanceof LastHttpContent last)) {
            sendHead();
            client.write(part, client.voidPromise());
        } else if (last.decoderResult().isSuccess() && !tooMany(last.trailingHeaders())) {
            finish(head == null ? last : whole(head, last));
        } else if (last.decoderResult().isSuccess()) {
            last.release();
            abort("the response was cut short: " + TOO_MANY);
        } else {
            last.release();
            abort("the response was cut short: " + last.decoderResult().cause().getMessage());
        }
    }

    private static FullHttpResponse whole(HttpResponse head, LastHttpContent body) {
        return new DefaultFullHttpResponse(
                head.protocolVersion(), head.status(), body.content(), head.headers(), body.trailingHeaders());
    }

    private boolean tooMany(HttpHeaders fields) {
        return fields.size() > owner.limits().count();
    }

    void responseRead() {
        sendHead();
        client.flush();
        readResponse();
    }

    /** Reads more of the response if there is more and there is room for it. */
    void readResponse() {
        if (!over && upstream != null && client.isWritable()) {
            upstream.channel().read();
        }
    }

    private void finish(Object lastPart) {
        end(Served.OK);
        client.writeAndFlush(lastPart, client.voidPromise());
        owner.finished(this, upstream);
    }

    /** What went wrong before there was a response, in the dial or after it. */
    void failed(Throwable cause) {
        if (over) {
            return;
        }
        DialException failure = DialException.from(cause, session.towards(), Step.RESPONSE);
        if (mayGoAgain(failure)) {
            upstream = null;
            start(null);
        } else if (responding) {
            abort(failure.getMessage());
        } else {
            refuse(failure, false);
        }
    }

    private void refuse(DialException failure, boolean close) {
        end(failure.getMessage());
        client.writeAndFlush(Refusal.of(failure).response(close));
        owner.finished(this, null);
    }

    /** RFC 9112 section 9.3.1: the server may have closed the connection just when the request went out. */
    private boolean mayGoAgain(DialException failure) {
        boolean unanswered = failure.step() == Step.RESPONSE && failure.reason() == Reason.REFUSED;
        return unanswered && upstream != null && upstream.reused() && Repeatable.is(request);
    }

    private void refuse(Refusal refusal) {
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
    private void abort(String outcome) {
        abortUpstream();
        end(outcome);
        // What was whole of it may be of use all the same.
        sendHead();
        client.flush();
        client.writeAndFlush(Abort.INSTANCE);
    }

    /** The client is gone. */
    void abandon() {
        if (!over) {
            abortUpstream();
            end("the client left before the response had ended");
            if (dialing != null) {
                dialing.cancel(false);
            }
        }
    }

    private void abortUpstream() {
        if (upstream != null) {
            upstream.serve(null);
            upstream.channel().writeAndFlush(Abort.INSTANCE);
        }
    }

    private void end(String outcome) {
        over = true;
        pace.end();
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        tell(up, down, outcome);
    }

    void tell(long bytesUp, long bytesDown, String outcome) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        session.observer().served(session, new Served(Optional.of(target.origin()), bytesUp, bytesDown, took, outcome));
    }
}
