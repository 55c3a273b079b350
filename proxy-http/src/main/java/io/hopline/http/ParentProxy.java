package io.hopline.http;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.hopline.api.transport.Dials;
import io.hopline.connect.ConnectHop;
import io.hopline.connect.http1.HeadLimits;
import io.hopline.http.client.Http1Client;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/** Sends plain requests to a proxy in absolute-form, with our credentials for it, and tunnels by CONNECT. */
record ParentProxy(
        ConnectHop hop,
        Outbound via,
        HopRef at,
        Outbound tunnels,
        Optional<AsciiString> authorization,
        HttpDecoderConfig decoding)
        implements HttpOutbound {

    static ParentProxy of(ConnectHop hop, Outbound via, HopRef at) {
        return new ParentProxy(
                hop,
                via,
                at,
                hop.over(via, at),
                hop.auth().map(Credentials::basic),
                HeadLimits.decoding(hop.maxReply(), hop.maxReply()));
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return tunnels.dial(target, session);
    }

    @Override
    public Future<Channel> dialHttp(HostPort origin, Session session) {
        return Dials.then(
                hop.at().dial(via, at, session),
                session,
                channel ->
                        session.loop().newSucceededFuture(Http1Client.toProxy(channel, at, authorization, decoding)));
    }

    @Override
    public Optional<HostPort> peer(HostPort origin, Session session) {
        return Optional.of(hop.at().address());
    }

    @Override
    public String toString() {
        return at.toString();
    }
}
