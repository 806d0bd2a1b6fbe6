// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

/**
 * What is wrong with one entity while the answer to a call for changes has a status of 200.
 * {@code CdcFault.system().in(CdcFault.Place.OWN_ANSWER).unnamed()}
 */
public final class CdcFault {

    /** Where the Fault stands; all have been thought possible from Intuit's schema. */
    public enum Place {
        /** {@code CDCResponse[0].QueryResponse[i].Fault}, where the entity's group would be. */
        GROUP,
        /** {@code CDCResponse[0].Fault}, beside the groups of the others. */
        ANSWER,
        /** {@code CDCResponse[1].Fault}, after the groups of the others. */
        OWN_ANSWER,
        /** {@code CDCResponse[0].Fault} and not a word of the others. */
        INSTEAD
    }

    private final Problem problem;
    private final Place place;
    private final boolean named;

    private CdcFault(Problem problem, Place place, boolean named) {
        this.problem = problem;
        this.place = place;
        this.named = named;
    }

    /** Code 10000, in the group's place, with the entity's name. */
    public static CdcFault system() {
        return new CdcFault(Problem.system(200), Place.GROUP, true);
    }

    /** Such as 5030, Feature Not Supported. */
    public static CdcFault error(String code, String message) {
        return new CdcFault(Problem.service(200, code, message, message, "ValidationFault"), Place.GROUP, true);
    }

    public CdcFault in(Place other) {
        return new CdcFault(problem, other, named);
    }

    /** Nothing in it says which entity it is about. */
    public CdcFault unnamed() {
        return new CdcFault(problem, place, false);
    }

    Place place() {
        return place;
    }

    Problem about(Entity entity) {
        return named ? problem.detailed(problem.detail() + " : " + entity.name()) : problem;
    }
}
