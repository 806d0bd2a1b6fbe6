// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import oauth.signpost.OAuth;
import oauth.signpost.exception.OAuthMessageSignerException;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.http.HttpRequest;
import oauth.signpost.signature.HmacSha1MessageSigner;

/** A request that OAuth 1.0 has signed, as the library that checks it wants to see it. */
final class SignedRequest implements HttpRequest {

    private final Request request;
    private final HttpParameters parameters = new HttpParameters();

    SignedRequest(Request request) {
        this.request = request;
        parameters.putAll(OAuth.oauthHeaderToParamsMap(request.authorization().orElse("")), false);
        var query = request.url().indexOf('?');
        if (query >= 0) {
            parameters.putAll(OAuth.decodeForm(request.url().substring(query + 1)), true);
        }
        parameters.putAll(OAuth.decodeForm(request.body()), true);
    }

    /** Empty when it is not there. */
    String parameter(String name) {
        return Objects.requireNonNullElse(OAuth.percentDecode(parameters.getFirst(name)), "");
    }

    boolean isSignedWith(String consumerSecret, String tokenSecret) {
        var signer = new HmacSha1MessageSigner();
        signer.setConsumerSecret(consumerSecret);
        signer.setTokenSecret(tokenSecret);
        try {
            return signer.sign(this, parameters).equals(parameter(OAuth.OAUTH_SIGNATURE));
        } catch (OAuthMessageSignerException unreadable) {
            return false;
        }
    }

    @Override
    public String getMethod() {
        return request.method();
    }

    @Override
    public String getRequestUrl() {
        return request.url();
    }

    @Override
    public void setRequestUrl(String url) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setHeader(String name, String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getHeader(String name) {
        return request.header(name).orElse(null);
    }

    @Override
    public Map<String, String> getAllHeaders() {
        return Map.of();
    }

    @Override
    public InputStream getMessagePayload() {
        return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public String getContentType() {
        return getHeader("Content-type");
    }

    @Override
    public Object unwrap() {
        return request;
    }
}
