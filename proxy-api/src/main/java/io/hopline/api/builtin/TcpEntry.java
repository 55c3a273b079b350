package io.hopline.api.builtin;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.relay.Tunnels;
import io.netty.channel.Channel;
import java.util.Optional;

/** Relays each connection to one fixed target, whatever it carries. */
public record TcpEntry(HostPort target) implements Entry {
    @Override
    public String type() {
        return "tcp";
    }

    @Override
    public Inbound to(Outbound outbound) {
        return (client, session) -> Tunnels.open(client, target, session, outbound, Reply.INSTANCE);
    }

    @Override
    public Optional<HostPort> fixedTarget() {
        return Optional.of(target);
    }

    /** There is no protocol to answer in: a client sees its connection stay or be reset. */
    private enum Reply implements Tunnels.Reply {
        INSTANCE;

        @Override
        public void opened(Channel client, Channel target) {
            // The relay is the answer.
        }

        @Override
        public void refused(Channel client, DialException failure) {
            client.writeAndFlush(Abort.INSTANCE);
        }
    }
}
