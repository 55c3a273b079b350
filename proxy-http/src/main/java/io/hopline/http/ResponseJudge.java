package io.hopline.http;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HttpFraming;
import io.hopline.api.Step;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which responses can't be passed on to a client.
 *
 * @param mostFields of one response
 * @param origin whose responses they are
 */
record ResponseJudge(int mostFields, HttpFraming framing, HopRef origin) {

    static final String TOO_MANY = "it has more header fields than are taken";
    /** Clients learn of progress by a few of them, and nobody is ever done who sends nothing else. */
    private static final int MOST_INTERIMS = 64;

    private static final String TOO_MANY_INTERIMS = "more than " + MOST_INTERIMS + " interim ones came before it";

    /**
     * What is against the response; null if nothing is.
     *
     * @param interims how many interim ones have come, this one among them
     */
    @Nullable DialException objection(HttpResponse response, int interims) {
        if (tooMany(response.headers())) {
            return new DialException(Reason.PROTOCOL, origin, Step.RESPONSE, TOO_MANY);
        }
        if (interims > MOST_INTERIMS) {
            return new DialException(Reason.PROTOCOL, origin, Step.RESPONSE, TOO_MANY_INTERIMS);
        }
        Optional<String> objection = framing.objection(response);
        return objection.isEmpty() ? null : new DialException(Reason.PROTOCOL, origin, Step.UPGRADE, objection.get());
    }

    boolean tooMany(HttpHeaders fields) {
        return fields.size() > mostFields;
    }
}
