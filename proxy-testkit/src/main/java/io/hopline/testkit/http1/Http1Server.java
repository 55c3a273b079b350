package io.hopline.testkit.http1;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.HopRef;
import io.hopline.api.Outbound;
import io.hopline.api.transport.Dials;
import io.hopline.testkit.exchange.ConnectOnly;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Serves one CONNECT by what a server answers to it in HTTP/1.1; an answer that is none resets the exchange. */
final class Http1Server extends ConnectOnly {

    private int status;

    Http1Server(Channel server) {
        super((target, session) -> session.loop().newSucceededFuture(server));
    }

    @Override
    protected Outbound outbound(HttpRequest request) {
        Outbound via = super.outbound(request);
        return (target, session) -> Dials.then(
                via.dial(target, session),
                session,
                new Http1Reply(HopRef.TARGET, session, request, code -> status = code)::run);
    }

    @Override
    protected Object refusal(DialException failure) {
        return status == 0 ? Abort.INSTANCE : answer(HttpResponseStatus.valueOf(status));
    }
}
