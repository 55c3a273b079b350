package io.hopline.testkit;

/**
 * What no client may send.
 *
 * @param name what is wrong with it, for the test's name
 * @param bytes all that the client sends; it does not end its output
 */
public record WrongRequest(String name, byte[] bytes) {}
