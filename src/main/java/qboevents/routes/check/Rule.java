// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.stream.Stream;

/** One thing that must hold in every routes folder. */
interface Rule {

    Stream<Problem> problems(Folder folder);
}
