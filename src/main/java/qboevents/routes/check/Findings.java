// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.List;
import qboevents.resource.Resource;

/** What a check has found: the resources may be offered, and the folder may run, when there are no problems. */
public record Findings(List<Problem> problems, List<Resource> resources, Folder folder) {}
