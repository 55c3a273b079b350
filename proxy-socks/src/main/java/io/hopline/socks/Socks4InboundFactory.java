package io.hopline.socks;

import io.hopline.api.Entry;
import io.hopline.api.InboundFactory;
import io.hopline.api.Recognizer;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.settings.Settings;
import java.util.Optional;

/** Reads inbounds of type {@code socks4}. */
public final class Socks4InboundFactory implements InboundFactory {

    @Override
    public Entry read(Settings settings) {
        return Socks4Entry.read(settings);
    }

    /** No other protocol starts with a 4; whatever follows it gets SOCKS4's own answer. */
    @Override
    public Optional<Recognizer> recognizer() {
        return Optional.of(first -> first.getByte(first.readerIndex()) == Socks4.VERSION ? Match.YES : Match.NO);
    }
}
