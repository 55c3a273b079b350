package io.hopline.api.settings;

/**
 * One thing wrong with a config.
 *
 * @param where file and line, or what stands in for them
 * @param path the key's whole path; empty where the text of the file itself is wrong
 * @param text what was expected, or what to do
 */
public record Problem(String where, String path, String text) {

    /** Reads like {@code front.conf: 12: hopline.inbounds.0.listen: expected host:port}. */
    @Override
    public String toString() {
        return where + ": " + (path.isEmpty() ? "" : path + ": ") + text;
    }
}
