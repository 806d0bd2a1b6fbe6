// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackAddressesTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "fe80::1", "fec0::1", "fd00:ec2::254", "fc00::1", "ff02::1",
        "64:ff9b::a00:1", "2002:7f00:1::", "64:ff9b:1::1", "2001::1"})
    void refusesInternalAddresses(String address) throws UnknownHostException {
        assertThat(new CallbackAddresses(false).allowed(InetAddress.getByName(address))).isFalse();
        assertThat(new CallbackAddresses(true).allowed(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "192.169.0.1", "169.253.0.1",
        "198.20.0.1", "223.255.255.255", "2a00:1450:4001::1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"})
    void allowsTheInternet(String address) throws UnknownHostException {
        assertThat(new CallbackAddresses(false).allowed(InetAddress.getByName(address))).isTrue();
    }
}
