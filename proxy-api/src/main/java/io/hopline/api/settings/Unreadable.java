package io.hopline.api.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file can't be read, in an operator's words: for the commonest reasons Java's own are the file's name or none. */
public final class Unreadable {

    private Unreadable() {}

    /** Goes on behind the file's name and a colon. */
    public static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied to the user that Hopline runs as";
        }
        if (failure instanceof CharacterCodingException) {
            return "no text in UTF-8";
        }
        return failure instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : String.valueOf(failure.getMessage());
    }
}
