/**
 * The types that speak no protocol: the outbounds {@code direct} and {@code block}, the inbounds {@code tcp} and {@code mixed}.
 *
 * <p>{@link io.hopline.api.builtin.DirectOutbound} starts a {@code Race} for each dial: {@code LocalNames} and {@code Names} give
 * addresses, {@code Candidates} puts them in order, {@code Sockets} tries them.
 *
 * <p>Threads: a dial runs on its session's event loop; only caches are shared between loops, and those are concurrent maps.
 */
@NullMarked
package io.hopline.api.builtin;

import org.jspecify.annotations.NullMarked;
