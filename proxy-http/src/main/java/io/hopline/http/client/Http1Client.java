package io.hopline.http.client;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.transport.Dials;
import io.hopline.connect.http1.HeadLimits;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/** Speaks HTTP/1.1 on channels of bytes, as a client does. */
public final class Http1Client {

    private Http1Client() {}

    /** Makes an outbound take HTTP requests: it dials the origin, and the origin is asked. */
    public static HttpOutbound toOrigins(Outbound outbound, HeadLimits limits) {
        return new OriginHttp(outbound, limits.decoding());
    }

    /**
     * Asks a proxy on this channel.
     *
     * @param at the proxy
     * @param authorization the value of Proxy-Authorization
     * @param decoding how large the heads of its responses may be
     */
    public static Channel toProxy(
            Channel channel, HopRef at, Optional<AsciiString> authorization, HttpDecoderConfig decoding) {
        return add(channel, at, new RequestForm.Proxy(authorization), decoding);
    }

    private static Channel add(Channel channel, HopRef at, RequestForm form, HttpDecoderConfig decoding) {
        ResponseDecoder decoder = new ResponseDecoder(decoding);
        channel.pipeline().addLast(decoder, new RequestEncoder(), new ClientExchange(at, decoder, form));
        return channel;
    }

    private record OriginHttp(Outbound via, HttpDecoderConfig decoding) implements HttpOutbound {

        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            return via.dial(target, session);
        }

        @Override
        public Future<Channel> dialHttp(HostPort origin, Session session) {
            return Dials.then(
                    via.dial(origin, session),
                    session,
                    channel -> session.loop()
                            .newSucceededFuture(add(channel, session.towards(), new RequestForm.Origin(), decoding)));
        }
    }
}
