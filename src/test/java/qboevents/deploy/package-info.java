// SPDX-License-Identifier: Apache-2.0
/** The files of src/deploy, as far as they can be checked without a cluster. */
@NullMarked
package qboevents.deploy;

import org.jspecify.annotations.NullMarked;
