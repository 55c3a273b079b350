package io.hopline.api;

import io.hopline.api.settings.Settings;
import java.util.Optional;

/** Reads the settings of one inbound type. */
public interface InboundFactory {

    /** Reads the settings; what is wrong with them is told to {@link Settings#problem}, never thrown. */
    Entry read(Settings settings);

    /** How this protocol is told from others by its first bytes; empty if it can't share a port. */
    default Optional<Recognizer> recognizer() {
        return Optional.empty();
    }
}
