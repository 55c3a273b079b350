package com.example.embedding;

import io.hopline.api.Chain;
import io.hopline.api.HostPort;
import io.hopline.connect.ConnectHop;
import io.hopline.launcher.Hopline;
import io.hopline.socks.Socks5Entry;

/** Serves SOCKS 5 on a port that the system chooses, through a CONNECT proxy. */
final class Serve {

    private Serve() {}

    static void serve(HostPort proxy, Work work) throws Exception {
        Chain chain = Chain.of(ConnectHop.to(proxy));
        try (Hopline server = Hopline.builder()
                .inbound("local", "127.0.0.1:0", Socks5Entry.create(), chain)
                .start()) {
            work.with(server.address("local"));
        } // Closed: every socket and thread is released.
    }
}
