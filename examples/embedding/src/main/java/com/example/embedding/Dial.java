package com.example.embedding;

import io.hopline.api.Chain;
import io.hopline.api.EndOfOutput;
import io.hopline.api.HostPort;
import io.hopline.connect.ConnectHop;
import io.hopline.launcher.Dialer;
import io.hopline.socks.Socks5Hop;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;

/** Talks to a target through a CONNECT proxy and then a SOCKS 5 proxy. */
final class Dial {

    private Dial() {}

    static String ask(HostPort near, HostPort far, HostPort target, String question) throws Exception {
        try (Dialer dialer = Dialer.open()) {
            Chain chain = Chain.of(ConnectHop.to(near), Socks5Hop.to(far));
            Channel channel = dialer.dial(chain, target).get(); // Fails with a DialException that names the hop.
            Answer answer = new Answer();
            channel.pipeline().addLast(answer);
            channel.config().setAutoRead(true); // All that has come by now was kept for this.
            channel.write(ByteBufUtil.writeUtf8(channel.alloc(), question));
            channel.writeAndFlush(EndOfOutput.INSTANCE);
            return answer.text().get();
        }
    }
}
