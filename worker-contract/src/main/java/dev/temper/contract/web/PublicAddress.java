package dev.temper.contract.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Whether an address is one of the open internet, and not of this machine or of a network behind it. */
public final class PublicAddress {
    private PublicAddress() {}

    /** Whether all that a name stands for are such. */
    public static boolean is(String host) throws UnknownHostException {
        return Stream.of(InetAddress.getAllByName(host)).allMatch(PublicAddress::is);
    }

    public static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if (address instanceof Inet6Address) {
            boolean uniqueLocal = (first & 0xFE) == 0xFC;
            // 64:ff9b::/96 and 2002::/16 lead to IPv4 addresses, private ones too.
            boolean translated = (first == 0 && second == 0x64) || (first == 0x20 && second == 0x02);
            return !uniqueLocal && !translated;
        }
        boolean carrier = first == 100 && (second & 0xC0) == 64;
        boolean special = first == 0
                || first >= 240
                || (first == 192 && second == 0)
                || (first == 198 && (second == 18 || second == 19));
        return !carrier && !special;
    }
}
