package io.hopline.socks;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.handshake.ClientHandshake;
import io.hopline.api.transport.Server;
import io.netty.util.NetUtil;
import java.time.Duration;

/** What the client sides share: BIND has a second reply, and for it and for UDP ASSOCIATE the address in a reply matters. */
abstract class SocksClient extends ClientHandshake {

    private final Ask ask;
    private final Server server;
    private HostPort bound;
    private boolean listening;

    SocksClient(HopRef at, Server server, Ask ask, Session session, Duration timeout) {
        super(at, session, timeout);
        this.ask = ask;
        this.server = server;
        this.bound = ask.target();
    }

    final Ask ask() {
        return ask;
    }

    /** What the last reply told: where a peer has connected from, or where datagrams are taken. */
    final HostPort bound() {
        return bound;
    }

    /** The server has granted the request; what its reply told as its address matters to all but CONNECT. */
    final void granted(HostPort told, String outcome) {
        if (ask.command() != Socks.CONNECT && told.port() == 0) {
            fail(Reason.PROTOCOL, "the server sent a reply with port 0");
        } else if (ask.command() == Socks.BIND && !listening) {
            listening = true;
            stopTimer();
            ask.listening().accept(reachable(told));
        } else {
            bound = ask.command() == Socks.UDP_ASSOCIATE ? reachable(told) : told;
            succeed(outcome);
        }
    }

    /** 0.0.0.0 and :: stand for the server's own address (SOCKS4 section 2). */
    private HostPort reachable(HostPort told) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(told.host());
        return address != null && Socks.isAnybody(address)
                ? new HostPort(server.address().host(), told.port())
                : told;
    }
}
