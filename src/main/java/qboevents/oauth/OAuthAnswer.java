// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

/** What an answer of the token endpoint means for the code or refresh token that was spent. */
sealed interface OAuthAnswer {

    record Granted(TokenPair pair) implements OAuthAnswer {}

    /** @param error OAuth's word for it, {@code invalid_grant} when the token or code is dead */
    record Refused(String error, String said) implements OAuthAnswer {

        boolean dead() {
            return error.equals("invalid_grant");
        }
    }

    /** Overloaded or broken, and it says so: nothing was spent. */
    record Busy(int status, String said) implements OAuthAnswer {}

    /** Success without tokens in it: something may have been spent. */
    record Unreadable(int status, String said) implements OAuthAnswer {

        /** Half a token may be in what was said. */
        @Override
        public String toString() {
            return "Unreadable[status=" + status + "]";
        }
    }
}
