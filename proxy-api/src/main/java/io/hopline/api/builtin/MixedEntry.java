package io.hopline.api.builtin;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.Recognizer;
import io.hopline.api.transport.Recognition;
import io.hopline.api.transport.Recognition.Choice;
import java.time.Duration;
import java.util.List;

/**
 * Several protocols on one port, told apart by the first bytes of each client.
 *
 * @param parts where two protocols begin alike, the first of them is taken
 * @param timeout for a client to say enough
 */
record MixedEntry(List<Part> parts, Duration timeout) implements Entry {

    MixedEntry {
        parts = List.copyOf(parts);
    }

    @Override
    public Inbound to(Outbound outbound) {
        List<Choice> choices = parts.stream()
                .map(part -> new Choice(part.recognizer, part.entry.to(outbound).speaking(part.type)))
                .toList();
        return Recognition.of(choices, timeout);
    }

    @Override
    public boolean authenticates() {
        return parts.stream().allMatch(part -> part.entry.authenticates());
    }

    @Override
    public boolean servesPlainBesideTls() {
        return true;
    }

    @Override
    public List<Need> needs() {
        return parts.stream()
                .flatMap(part -> part.entry.needs().stream())
                .distinct()
                .toList();
    }

    /** One protocol as its settings say. */
    record Part(String type, Recognizer recognizer, Entry entry) {}
}
