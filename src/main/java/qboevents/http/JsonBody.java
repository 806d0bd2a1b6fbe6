// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the body of a request. What is not JSON is told with its place, and never repeated: it may be half a secret. */
@Component
class JsonBody {

    private static final Pattern CHARACTER = Pattern.compile("'([^\\p{Alnum}\\p{Cntrl}])' \\(code \\d+");

    /** Names, values and brackets: as maps and lists they take many times what they take as text. */
    private static final int MOST_TOKENS = 100_000;

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Nullable Object read(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            throw new ApiException(400, "The body is empty; send a JSON object with Content-Type: application/json");
        }
        try {
            return json.readValue(body, Object.class);
        } catch (StreamConstraintsException e) {
            throw new ApiException(400, "The body is nested too deep, holds more values than any request needs, or a text or a number that is too long");
        } catch (JsonProcessingException e) {
            throw new ApiException(400, "The body is not JSON: " + place(e.getLocation()) + found(e));
        } catch (CharConversionException e) {
            throw new ApiException(400, "The body is not JSON: it is not UTF-8");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    private static String found(JsonProcessingException e) {
        var said = e.getOriginalMessage();
        if (said.startsWith("Unexpected end-of-input")) {
            return "it ends before the JSON is complete";
        }
        if (said.startsWith("Illegal unquoted character")) {
            return "a line break or another control character inside a text; a \" may be missing before it";
        }
        if (said.startsWith("Invalid UTF-8")) {
            return "this is not UTF-8";
        }
        var found = found(said);
        if (said.contains("comma to separate")) {
            return found + " where a comma, or the end of the " + (said.contains("Object") ? "object" : "list") + ", belongs";
        }
        if (said.contains("colon to separate")) {
            return found + " where a colon belongs";
        }
        if (said.contains("to start field name")) {
            return found + " where a name in double quotes belongs; a comma before it may be one too many";
        }
        if (said.startsWith("Unexpected close marker")) {
            return "a closing bracket that closes nothing";
        }
        return said.startsWith("Trailing token") ? "something behind the end of the JSON" : found + " where a value belongs";
    }

    /** Letters and digits are not told: they are the beginning of what somebody wrote. */
    private static String found(String said) {
        var character = CHARACTER.matcher(said);
        return Optional.of(character).filter(each -> each.find()).map(each -> "found " + each.group(1))
                .orElse("found a word");
    }
}
