// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

/** @param token told in this answer and never again */
record Created(Instance instance, String token) {

    @Override
    public String toString() {
        return "Created[" + instance + "]";
    }
}
