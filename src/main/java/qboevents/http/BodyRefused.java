// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

/** Published when a body was too large to be read. */
public record BodyRefused(String path) {}
