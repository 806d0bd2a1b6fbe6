// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

/** Published when a body was too large to be read. */
public record BodyRefused(String path) {

    /** Bytes; what is in gzip is measured inflated. */
    public static final int LIMIT = 8 * 1024 * 1024;
}
