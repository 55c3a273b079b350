/**
 * Turns a config into records before anything is bound: {@link io.hopline.launcher.config.HoplineConfig} is what comes out, and every
 * problem of every file at once if it can't.
 *
 * <p>{@code Sources} reads text, {@code ChainReader} and {@code HopUrl} read chains, {@code InboundReader} and {@code Exposure}
 * read inbounds. Threads: runs on the thread that reads the config; the records are immutable.
 */
@NullMarked
package io.hopline.launcher.config;

import org.jspecify.annotations.NullMarked;
