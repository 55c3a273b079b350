package io.hopline.api.guard;

import org.jspecify.annotations.Nullable;

/** IPv4 addresses as inet_aton(3) reads them: one to four numbers, decimal, octal or hexadecimal, the last of which fills the rest. */
final class InetAton {

    private static final long MAX = 0xFFFF_FFFFL;

    private InetAton() {}

    /** The address, 4 bytes; null if the text is none. */
    static byte @Nullable [] parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long number = number(parts[i]);
            long most = last ? MAX >> (8 * i) : 0xFF;
            if (number < 0 || number > most) {
                return null;
            }
            address |= last ? number : number << (24 - 8 * i);
        }
        return new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
    }

    /** -1 if the text is no number, or one of more than 32 bits. */
    private static long number(String text) {
        int radix = 10;
        String digits = text;
        if (text.startsWith("0x") || text.startsWith("0X")) {
            radix = 16;
            digits = text.substring(2);
        } else if (text.startsWith("0") && text.length() > 1) {
            radix = 8;
        }
        if (digits.isEmpty()) {
            return radix == 16 ? 0 : -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            number = number * radix + digit;
            if (digit < 0 || number > MAX) {
                return -1;
            }
        }
        return number;
    }
}
