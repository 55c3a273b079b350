package io.hopline.api.builtin;

import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerResponseFeedbackAddressStream;
import java.net.InetSocketAddress;

/** Name servers in turn, and once more each that did not answer (resolv.conf(5), attempts): one lost datagram is no failure. */
final class Attempts implements DnsServerResponseFeedbackAddressStream {
    private final DnsServerAddressStream servers;
    private final int most;
    private int size;

    Attempts(DnsServerAddressStream servers) {
        this.servers = servers;
        this.size = servers.size();
        this.most = 2 * size;
    }

    @Override
    public InetSocketAddress next() {
        return servers.next();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public DnsServerAddressStream duplicate() {
        return new Attempts(servers.duplicate());
    }

    @Override
    public void feedbackSuccess(InetSocketAddress address, long nanos) {
        // An answer, good or bad, is final.
    }

    @Override
    public void feedbackFailure(InetSocketAddress address, Throwable cause, long nanos) {
        size = Math.min(size + 1, most);
    }
}
