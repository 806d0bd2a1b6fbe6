// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

/** A resource that is not shipped, the 23rd, as a user adds it to the routes. */
public final class NewResource {

    public static final String DEPOSITS = """
            - route:
                id: deposits
                from:
                  uri: quartz:poll/Deposit
                  parameters:
                    cron: "{{events.polling.tick}}"
                  steps:
                    - to: direct:poll
            """;

    private NewResource() {}
}
