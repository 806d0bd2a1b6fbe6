// SPDX-License-Identifier: Apache-2.0
/** Intuit's webhooks: checked, read, and told to whom they concern. */
@NullMarked
package qboevents.webhook;

import org.jspecify.annotations.NullMarked;
