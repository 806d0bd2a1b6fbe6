// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What may only be believed in memory when it is on disk. */
public final class AfterCommit {

    private AfterCommit() {}

    /** Runs when the caller's transaction has been committed, at once when there is none, never when it is rolled back. */
    public static void run(Runnable task) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            task.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                task.run();
            }
        });
    }
}
