package io.hopline.api.builtin;

/** There is nobody to ask for a name. */
final class NoNameServersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoNameServersException(String message) {
        super(message, null, false, false);
    }
}
