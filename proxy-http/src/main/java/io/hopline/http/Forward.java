package io.hopline.http;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.transport.TcpChannels;
import io.hopline.connect.Refusal;
import io.hopline.http.client.HopByHopFields;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One request on its way out and its response on the way back: parts pass as they come, each side paced by the other. */
final class Forward extends ForwardOutcome {

    private final HttpRequest request;
    private final Upstreams.Key key;
    private @Nullable HttpResponse head;
    private int messages;
    private int interims;

    Forward(
            ForwardHandler owner,
            Channel client,
            Session session,
            HttpRequest request,
            RequestTarget target,
            Upstreams.Key key) {
        super(owner, client, session, target);
        this.request = request;
        this.key = key;
        this.requestEnded = request instanceof LastHttpContent;
    }

    /** Sends the request over a connection that is there, or dials one. */
    void start() {
        // What came early may have been reason enough to refuse it.
        if (over) {
            return;
        }
        Upstream kept = owner.upstreamFor(request, key);
        if (kept != null) {
            send(kept);
        } else {
            dial();
        }
    }

    private void dial() {
        dialing = owner.inbound().outbound(request).dialHttp(target.origin(), session);
        if (!dialing.isDone()) {
            TcpChannels.noticeBreak(client, dialing);
        }
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
        // What can't be written is told as what can't be answered: by an exception.
        channel.write(request, channel.voidPromise());
        for (HttpContent part = early.poll(); part != null; part = early.poll()) {
            channel.write(part, channel.voidPromise());
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
            HopByHopFields.removeFromTrailers(last.trailingHeaders());
            Refusal objection = last.decoderResult().isFailure()
                    ? new Refusal(HttpResponseStatus.BAD_REQUEST, "The request's body is malformed or was cut short.")
                    : owner.inbound().limits().objection(last.trailingHeaders(), session.guard());
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
        if (hasRoom()) {
            client.read();
        }
    }

    private boolean hasRoom() {
        return !over && !requestEnded && upstream != null && upstream.channel().isWritable();
    }

    @Override
    public long moved() {
        return up + down + messages;
    }

    /** Not from a client that waits itself: for leave to send it (RFC 9110 section 10.1.1), or for what the origin says without it. */
    @Override
    public boolean isAwaited() {
        return hasRoom()
                && !responding
                && (up > 0 || interims > 0 || !request.headers().contains(HttpHeaderNames.EXPECT));
    }

    void response(HttpResponse response) {
        messages++;
        boolean switching = response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        boolean interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL && !switching;
        interims += interim ? 1 : 0;
        DialException objection = owner.judge().objection(response, interims);
        if (objection != null) {
            ReferenceCountUtil.release(response);
            failed(objection);
            return;
        }
        if (switching && upstream != null) {
            isOver();
            owner.inbound().rewriting().rewriteInterim(response);
            owner.upgrade(this, response, upstream);
            return;
        }
        if (interim) {
            owner.inbound().rewriting().rewriteInterim(response);
            client.write(response);
            return;
        }
        responding = true;
        owner.inbound().rewriting().rewrite(response);
        if (response instanceof LastHttpContent) {
            finish(response);
        } else {
            head = response;
        }
    }

    /** The head goes out by itself unless the whole response came along with it: one piece takes fewer buffers and calls. */
    @Override
    void sendHead() {
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
            return;
        }
        HopByHopFields.removeFromTrailers(last.trailingHeaders());
        if (last.decoderResult().isSuccess() && !owner.judge().tooMany(last.trailingHeaders())) {
            finish(head == null ? last : whole(head, last));
        } else if (last.decoderResult().isSuccess()) {
            last.release();
            abort("the response was cut short: " + ResponseJudge.TOO_MANY);
        } else {
            last.release();
            abort("the response was cut short: " + last.decoderResult().cause().getMessage());
        }
    }

    private static FullHttpResponse whole(HttpResponse head, LastHttpContent body) {
        return new DefaultFullHttpResponse(
                head.protocolVersion(), head.status(), body.content(), head.headers(), body.trailingHeaders());
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

    /** RFC 9112 section 9.3.1: the server may have closed the connection just when the request went out. */
    @Override
    boolean goesAgain(DialException failure) {
        boolean unanswered = failure.step() == Step.RESPONSE && failure.reason() == Reason.REFUSED;
        if (!unanswered || upstream == null || !upstream.reused() || !Repeatable.is(request)) {
            return false;
        }
        abortUpstream();
        dial();
        return true;
    }
}
