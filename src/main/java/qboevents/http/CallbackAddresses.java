// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Which addresses a callback may be sent to: only those of the public internet, unless the setting says otherwise. A
 * callback URL is chosen by a caller, and must not make this service knock at doors that only it can reach.
 */
@Component
public class CallbackAddresses {

    private static final List<Range> INTERNAL = List.of(
            Range.of("0.0.0.0", 8), // this network
            Range.of("10.0.0.0", 8),
            Range.of("100.64.0.0", 10), // carrier-grade NAT
            Range.of("127.0.0.0", 8),
            Range.of("168.63.129.16", 32), // Azure's host, to each of its guests
            Range.of("169.254.0.0", 16), // link-local, with the clouds' metadata at 169.254.169.254
            Range.of("172.16.0.0", 12),
            Range.of("192.0.0.0", 24), // protocol assignments, with Oracle's metadata at 192.0.0.192
            Range.of("192.88.99.0", 24), // 6to4 relays
            Range.of("192.168.0.0", 16),
            Range.of("198.18.0.0", 15), // benchmarks
            Range.of("224.0.0.0", 3), // multicast, reserved, broadcast
            Range.of("100::", 64), // discard
            Range.of("5f00::", 16), // segment routing
            Range.of("fc00::", 7), // unique local
            Range.of("fe80::", 9), // link-local and the old site-local
            Range.of("ff00::", 8)); // multicast
    private static final Range LOW_V6 = Range.of("::", 16); // unspecified, loopback, IPv4 in its old clothes
    private static final Range NAT64 = Range.of("64:ff9b::", 96);
    private static final Range NAT64_LOCAL = Range.of("64:ff9b:1::", 48);
    private static final Range SIX_TO_FOUR = Range.of("2002::", 16);
    private static final Range TEREDO = Range.of("2001::", 23);

    private static final String NOT_ALLOWED = "which events.delivery.allow-private-addresses does not allow";

    private final boolean allowInternal;

    public CallbackAddresses(@Value("${events.delivery.allow-private-addresses:false}") boolean allowInternal) {
        this.allowInternal = allowInternal;
    }

    /**
     * @param host of a URL; a name that leads nowhere now may lead somewhere later, and every connection is checked again
     * @return what is wrong with it
     */
    public Optional<String> fault(String host) {
        var misspelt = HostSpelling.fault(host);
        if (misspelt.isPresent() || allowInternal) {
            return misspelt;
        }
        if (HostSpelling.local(host)) {
            return Optional.of("leads to an internal address, this machine's own, " + NOT_ALLOWED);
        }
        return resolved(host).filter(CallbackAddresses::internal).findFirst().map(address ->
                "leads to the internal address " + address.getHostAddress() + ", " + NOT_ALLOWED);
    }

    private static Stream<InetAddress> resolved(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return Stream.empty();
        }
    }

    public boolean allowed(InetAddress address) {
        return allowInternal || !internal(address);
    }

    /** An IPv4-mapped address never arrives here: {@link InetAddress} makes an IPv4 one of it. */
    private static boolean internal(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return INTERNAL.stream().anyMatch(range -> range.contains(address));
        }
        if (NAT64.contains(address)) {
            return internal(embedded(address, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return internal(embedded(address, 2));
        }
        return LOW_V6.contains(address) || NAT64_LOCAL.contains(address) || TEREDO.contains(address)
                || INTERNAL.stream().anyMatch(range -> range.contains(address));
    }

    private static InetAddress embedded(InetAddress address, int offset) {
        return parsed(Arrays.copyOfRange(address.getAddress(), offset, offset + 4));
    }

    private static InetAddress parsed(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private record Range(byte[] start, int bits) {

        /** @param start a literal, so that nothing is looked up */
        static Range of(String start, int bits) {
            try {
                return new Range(InetAddress.getByName(start).getAddress(), bits);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }

        boolean contains(InetAddress address) {
            var bytes = address.getAddress();
            if (bytes.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                var mask = 1 << (7 - bit % 8);
                if ((bytes[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
