// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import qboevents.resource.Resource;

/** A notice for an instance that is told of it only with the record, or with its SyncToken. Never of a deletion. */
record Unread(long instanceId, Resource resource, Notice notice) {}
