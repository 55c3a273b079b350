package io.hopline.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.users.Users;
import io.hopline.api.users.Users.Answer;
import io.hopline.connect.BasicAuthentication.Admission;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes of credentials, whatever answers for them. */
class BasicAuthenticationTest {

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "http://h/");

    @Test
    void letsInWithTheNameThatWasProved() {
        Admission admission = admit(Answer.RIGHT);
        assertThat(admission.refusal()).isEmpty();
        assertThat(admission.session().user()).hasValue("alice");
    }

    @Test
    void challengesWhoeverIsWrong() {
        Admission admission = admit(Answer.WRONG);
        assertThat(admission.session().user()).isEmpty();
        Refusal refusal = admission.refusal().orElseThrow();
        assertThat(refusal.status().code()).isEqualTo(407);
        assertThat(refusal.fields().get("proxy-authenticate")).startsWith("Basic ");
    }

    /** A challenge would make the client forget its password. */
    @Test
    void challengesNobodyWhosePasswordWasNotLookedAt() {
        Admission admission = admit(Answer.TOO_BUSY);
        assertThat(admission.session().user()).isEmpty();
        Refusal refusal = admission.refusal().orElseThrow();
        assertThat(refusal.status().code()).isEqualTo(503);
        assertThat(refusal.fields().contains("proxy-authenticate")).isFalse();
        assertThat(refusal.fields().get("retry-after")).isEqualTo("1");
        assertThat(refusal.fields().get("proxy-status")).startsWith("hopline; error=proxy_internal_error;");
    }

    private Admission admit(Answer answer) {
        Users users = (user, password, loop) -> loop.newSucceededFuture(answer);
        request.headers().set("proxy-authorization", "Basic YWxpY2U6d29uZGVybGFuZA==");
        Session session = Session.of("test", "test", client.remoteAddress(), client.eventLoop(), SessionObserver.NONE);
        Admission admission = new BasicAuthentication(Optional.of(users), "realm")
                .admit(request, session)
                .getNow();
        assertThat(request.headers().contains("proxy-authorization")).isFalse();
        return admission;
    }
}
