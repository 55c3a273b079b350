package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.DialException;
import io.hopline.api.HopRef;
import io.hopline.api.Session;
import io.hopline.spdy.http.ClientExchange;
import io.hopline.spdy.http.ServerExchange;
import io.hopline.testkit.RecordingObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** HTTP/1.1 knows no bound, and here the length of a field is a number of 16 bits. */
class TooLongFieldTest {

    private static final String TOO_LONG = "x".repeat(1 << 16);

    private final ByteBuf body = Unpooled.copiedBuffer("body", StandardCharsets.US_ASCII);

    /** Whoever forwards it waits for an answer, or for a failure. */
    @Test
    void failsTheExchangeOfARequest() {
        EmbeddedChannel stream = new EmbeddedChannel(new ClientExchange(HopRef.TARGET, Optional.empty()));
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "http://origin/", body);
        request.headers().set("x-field", TOO_LONG);
        stream.writeAndFlush(request, stream.voidPromise());
        assertThatThrownBy(stream::checkException)
                .isInstanceOf(DialException.class)
                .hasMessageContaining("x-field is too long");
        assertThat(stream.isActive()).isFalse();
        assertThat(body.refCnt()).isZero();
    }

    @Test
    void failsTheWriteOfAResponse() {
        InetSocketAddress client = InetSocketAddress.createUnresolved("client", 1);
        EmbeddedChannel stream = new EmbeddedChannel();
        Session session = Session.of("test", "test", client, stream.eventLoop(), new RecordingObserver());
        stream.pipeline().addLast(new ServerExchange(session));
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers().set("x-field", TOO_LONG);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream.writeOutbound(response))
                .withMessageContaining("x-field is too long");
        assertThat(body.refCnt()).isZero();
        stream.finishAndReleaseAll();
    }
}
