package io.hopline.api.transport;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.transport.Recognition.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells clients without TLS that carry HTTP in another protocol, because they know beforehand that they may. */
final class PriorKnowledge {

    private PriorKnowledge() {}

    /** The inbound as it is, unless it serves HTTP and one of the protocols can be told by its first bytes. */
    static Inbound over(Inbound next, Map<String, AlpnProtocol> alpn) {
        if (!(next instanceof HttpInbound http)) {
            return next;
        }
        List<Choice> choices = new ArrayList<>();
        new TreeMap<>(alpn)
                .forEach((token, protocol) -> protocol.recognizer()
                        .ifPresent(recognizer -> choices.add(
                                new Choice(recognizer, protocol.over(http).speaking(token)))));
        if (choices.isEmpty()) {
            return next;
        }
        choices.add(new Choice(first -> Match.YES, next));
        return Recognition.of(choices, http.patience());
    }
}
