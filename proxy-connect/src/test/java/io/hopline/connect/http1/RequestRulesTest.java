package io.hopline.connect.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.connect.Refusal;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one request of a connection was allowed allows no other one anything. */
class RequestRulesTest {

    private final RequestRules rules = new RequestRules();

    @ParameterizedTest
    @ValueSource(strings = {"a b", "h:x", "h/", "h:80:80", "u@h", "h ", "H h"})
    void refusesAWrongHostBehindARightOne(String wrong) {
        assertThat(objection("h")).isNull();
        assertThat(objection(wrong)).isNotNull();
        assertThat(objection("h")).isNull();
        assertThat(objection(wrong)).isNotNull();
    }

    @Test
    void refusesNoHostAndTwoOfTheSameBehindARightOne() {
        assertThat(objection("h")).isNull();
        assertThat(objection()).isNotNull();
        assertThat(objection("h", "h")).isNotNull();
    }

    @Test
    void takesAnEmptyHost() {
        assertThat(objection("")).isNull();
    }

    private @Nullable Refusal objection(String... hosts) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "http://h/");
        for (String host : hosts) {
            request.headers().add(HttpHeaderNames.HOST, host);
        }
        return rules.objection(request);
    }
}
