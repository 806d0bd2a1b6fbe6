// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

/** The body stays the same however often it is sent. */
record WebhookPost(String contentType, byte[] body, int events, int copies) {

    /** The next repeat of a POST that has been acknowledged. */
    WebhookPost again() {
        return new WebhookPost(contentType, body, events, copies - 1);
    }
}
