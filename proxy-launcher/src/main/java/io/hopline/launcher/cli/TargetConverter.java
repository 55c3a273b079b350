package io.hopline.launcher.cli;

import io.hopline.api.HostPort;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a target. */
final class TargetConverter implements ITypeConverter<HostPort> {

    @Override
    public HostPort convert(String text) {
        try {
            return HostPort.parse(text).reachable();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "expected host:port, such as example.org:443 or [::1]:80: " + e.getMessage());
        }
    }
}
