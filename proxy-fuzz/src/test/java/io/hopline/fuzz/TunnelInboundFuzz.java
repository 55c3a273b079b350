package io.hopline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hopline.launcher.config.InboundPlan;

/** Clients of the inbounds that open tunnels. */
class TunnelInboundFuzz {

    private static final InboundPlan CONNECT = Setup.inbound("type = connect");
    private static final InboundPlan SOCKS4 = Setup.inbound("type = socks4");
    private static final InboundPlan SOCKS5 = Setup.inbound("type = socks5");
    private static final InboundPlan PASSWORD = Setup.inbound("type = socks5, users { u = p }");
    private static final InboundPlan PROXIED =
            Setup.inbound("type = tcp, target = \"origin.example:1\", proxy-protocol {}");
    private static final InboundPlan TLS = Setup.inbound("type = connect, tls { self-signed = true }");
    private static final InboundPlan MIXED = Setup.inbound("type = mixed");

    @FuzzTest
    void connect(byte[] said) {
        run(CONNECT, said);
    }

    @FuzzTest
    void socks4(byte[] said) {
        run(SOCKS4, said);
    }

    @FuzzTest
    void socks5(byte[] said) {
        run(SOCKS5, said);
    }

    @FuzzTest
    void socks5WithPasswords(byte[] said) {
        run(PASSWORD, said);
    }

    @FuzzTest
    void proxyProtocol(byte[] said) {
        run(PROXIED, said);
    }

    /** Records and ClientHellos, and no more: what is encrypted nobody can make up. */
    @FuzzTest
    void tls(byte[] said) {
        run(TLS, said);
    }

    @FuzzTest
    void mixed(byte[] said) {
        run(MIXED, said);
    }

    private static void run(InboundPlan plan, byte[] said) {
        new Client(plan, outbound -> outbound, said, dialed -> dialed.say(new byte[] {'h', 'i'})).run(() -> {});
    }
}
