// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * This process among several on one database. The name must stay the same over a restart and differ between nodes: what a
 * node of this name held when it died is taken up at once, what others hold is waited for.
 */
@Component
public class Node {

    private final String name;

    Node(@Value("${events.node:${HOSTNAME:localhost}:${server.port:8080}}") String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
