package io.hopline.testkit;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.relay.Tunnels;
import io.netty.channel.Channel;

/** The plainest of inbounds: takes every client to one target, without a word. */
record Entrance(HostPort target, Outbound outbound) implements Inbound, Tunnels.Reply {

    @Override
    public void accept(Channel client, Session session) {
        Tunnels.open(client, target, session, outbound, this);
    }

    @Override
    public void opened(Channel client, Channel opened) {
        // Bytes say enough.
    }

    @Override
    public void refused(Channel client, DialException failure) {
        client.close();
    }
}
