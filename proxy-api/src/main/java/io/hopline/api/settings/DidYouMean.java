package io.hopline.api.settings;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class DidYouMean {

    private static final int TOO_FAR = 3;
    private static final int SHORTEST_STEM = 3;

    private DidYouMean() {}

    /** {@code did you mean "listen"?}, or which words there are. */
    public static String hint(String word, Collection<String> known) {
        return closest(word, known)
                .map(DidYouMean::question)
                .orElse("known: " + String.join(", ", known.stream().sorted().toList()));
    }

    /** The hint behind a semicolon; nothing where nothing is known. */
    public static String suffix(String word, Collection<String> known) {
        return known.isEmpty() ? "" : "; " + hint(word, known);
    }

    /** As {@link #suffix}, but nothing where no word is close. */
    public static String guess(String word, Collection<String> known) {
        return closest(word, known).map(k -> "; " + question(k)).orElse("");
    }

    private static String question(String meant) {
        return "did you mean \"" + meant + "\"?";
    }

    private static Optional<String> closest(String word, Collection<String> known) {
        String best = null;
        int least = Math.min(TOO_FAR, word.length());
        if (word.length() >= SHORTEST_STEM) {
            best = known.stream()
                    .filter(k -> k.startsWith(word))
                    .sorted()
                    .findFirst()
                    .orElse(null);
        }
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Damerau's distance (optimal string alignment): edits, with neighbours swapped counting as one. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
