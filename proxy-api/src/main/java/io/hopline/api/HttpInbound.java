package io.hopline.api;

import io.netty.channel.Channel;

/** An inbound that also serves channels of HTTP messages, whatever framed them. */
public interface HttpInbound extends Inbound {

    /**
     * Takes over a channel whose pipeline decodes requests to and encodes responses from Netty {@code HttpObject}s, auto-read
     * off: an HTTP/1.1 connection, or one stream of an HTTP/2 or SPDY session. After a successful CONNECT the channel
     * carries {@code ByteBuf}s both ways: {@code framing} is called, on the loop, to drop what frames messages.
     */
    void acceptHttp(Channel exchange, Session session, Runnable framing);
}
