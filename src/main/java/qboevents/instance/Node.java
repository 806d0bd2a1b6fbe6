// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * This process among several on one database. The name must stay the same over a restart and differ between nodes: what a
 * node of this name held when it died is taken up at once, what others hold is waited for.
 */
@Component
public class Node {

    private final String name;

    /** @param name empty: the host's, as a container or the system calls it, and the port */
    Node(@Value("${events.node:}") String name, @Value("${HOSTNAME:}") String container, @Value("${server.port:8080}") String port) {
        this.name = name.isEmpty() ? (container.isEmpty() ? host() : container) + ":" + port : name;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    public String name() {
        return name;
    }
}
