package io.hopline.api.settings;

/**
 * A text that must not be shown: printing it gives asterisks.
 *
 * @param reveal the text itself
 */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "***";
    }
}
