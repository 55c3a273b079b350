package io.hopline.launcher.config;

import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads which kind of sockets is to be used; one that was asked for and can't be had is a problem, and no other stands in for it. */
final class TransportReader {

    private static final String KEY = "transport";
    private static final String AUTO = "auto";

    private TransportReader() {}

    static Transport read(Settings settings) {
        List<String> words = new ArrayList<>(List.of(AUTO));
        Arrays.stream(Transport.values()).map(Transport::toString).forEach(words::add);
        String word = settings.choice(KEY, words);
        if (word.equals(AUTO)) {
            return Transport.best();
        }
        Transport asked = Transport.valueOf(word.toUpperCase(Locale.ROOT));
        asked.obstacle()
                .ifPresent(why -> settings.problem(
                        KEY, word + " can't be used here: " + why + "; mend that, or let auto choose"));
        return asked;
    }
}
