// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API as the routes answer it, without the network in between. */
public interface Api {

    /**
     * @param route that answers it, by its id
     * @param path what the path of its URL would name: {@code id}, {@code eventId}
     * @param query as it would stand in the URL; empty: none
     * @param body to be sent as JSON; null: none
     * @param requestId told in errors and in the log
     */
    record Call(String route, Map<String, Object> path, String query, @Nullable Object body, String requestId) {}

    /**
     * @param body read from JSON; null: there was none
     * @param total of the whole list
     * @param next where the next page begins; null: this is the last one
     */
    record Answer(int status, @Nullable Object body, @Nullable Long total, @Nullable String next) {}

    Answer answer(Call call);
}
