// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.event.ReadFailure;
import qboevents.http.Blot;
import qboevents.http.RetryAfter;

/** What came back from QuickBooks: a page, or a {@link ReadFailure} that says what it was instead. */
@Component
class Answers {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int HEAD = 64 * 1024;

    /** Statuses that say that a call is wrong, or unknown here; QuickBooks answers every Fault of its own 400. */
    private static final Set<Integer> REFUSALS = Set.of(400, 404, 405, 406, 410, 415, 501);

    /** What QuickBooks says of a record that it cannot show, among other things. */
    private static final String SYSTEM_FAILURE = "10000";

    /** Codes that hold for every call to this company: no rights, the app is not allowed, locked, ended. */
    private static final Set<String> OF_THE_COMPANY = Set.of("120", "130", "140", "150", "3100", "3200", "6190");

    private static final int SHOWN = 200;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(RecordedStream.LARGEST_RECORD)
                    .build())
            .build();
    private final QuickBooksSettings settings;
    private final CallLimits limits;
    private final Clock clock;

    Answers(QuickBooksSettings settings, CallLimits limits, Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
    }

    /** A page of the entity's records, not yet read: reading it can fail too. */
    QueryPage page(
            String entity,
            String realmId,
            int size,
            int status,
            @Nullable String retryAfter,
            Blot credentials,
            @Nullable InputStream body) {
        return open(entity, size, status, body, new Refusals() {
            @Override
            public RuntimeException status(InputStream said) throws IOException {
                return failure(realmId, status, retryAfter, said(said, credentials));
            }

            @Override
            public RuntimeException fault(Fault fault) {
                return refused(realmId, fault, credentials);
            }
        });
    }

    /**
     * What a change data capture call was answered. That QuickBooks does not answer this one, whoever asks when, is said in
     * the page and not thrown: what was asked can be read in another way.
     */
    CapturePage capture(
            List<String> entities,
            String realmId,
            int status,
            @Nullable String retryAfter,
            Blot credentials,
            @Nullable InputStream body) {
        var stream = new RecordedStream(
                body == null ? InputStream.nullInputStream() : body,
                settings.maximumAnswer().toBytes());
        try {
            if (status == 200) {
                return new CapturePage(entities, settings.captureLimit(), stream, json.createParser(stream), 
                        fault -> refused(realmId, fault, credentials));
            }
            return refusedCapture(realmId, status, retryAfter, said(stream, credentials), stream);
        } catch (IOException e) {
            throw unreadable(e, "nothing had been read from it", stream);
        }
    }

    private CapturePage refusedCapture(
            String realmId, int status, @Nullable String retryAfter, Said answered, RecordedStream stream) throws IOException {
        var fault = answered.fault();
        if (!REFUSALS.contains(status) || fault != null && (fault.throttled() || OF_THE_COMPANY.contains(fault.bare()))) {
            throw failure(realmId, status, retryAfter, answered);
        }
        return CapturePage.ofRefusal("QuickBooks answered " + status + ": " + answered.text(), status != 400, stream, json.createParser(stream));
    }

    /** What is thrown instead of a page. */
    interface Refusals {

        /** For any other status than 200. */
        RuntimeException status(InputStream said) throws IOException;

        /** Inside a 200. */
        RuntimeException fault(Fault fault);
    }

    QueryPage open(String entity, int size, int status, @Nullable InputStream body, Refusals refusals) {
        var stream = new RecordedStream(
                body == null ? InputStream.nullInputStream() : body,
                settings.maximumAnswer().toBytes());
        try {
            if (status != 200) {
                throw refusals.status(stream);
            }
            return new QueryPage(entity, settings.pageSize(size), stream, json.createParser(stream), refusals::fault);
        } catch (IOException e) {
            throw unreadable(e, "nothing had been read from it", stream);
        }
    }

    /** Lets go of an answer that nobody will read. */
    void discard(@Nullable InputStream body) throws IOException {
        if (body != null) {
            body.close();
        }
    }

    private ReadFailure failure(String realmId, int status, @Nullable String retryAfter, Said answered) {
        var fault = answered.fault();
        boolean throttled = status == 429 || fault != null && fault.throttled();
        var said = "QuickBooks answered " + status + ": " + answered.text();
        var wait = wait(retryAfter).orElse(null);
        if (throttled) {
            return throttled(realmId, said, wait == null ? settings.throttlePause() : wait);
        }
        if (wait != null) {
            return ReadFailure.waiting(said, wait);
        }
        boolean ofRecords = status == 500 && fault != null && fault.bare().equals(SYSTEM_FAILURE);
        return ofRecords ? ReadFailure.of(said).inRecords() : ReadFailure.of(said);
    }

    /** What an answer that is no page says; a Fault where it holds one. */
    record Said(@Nullable Fault fault, String text) {}

    /** @param credentials of the request: QuickBooks may repeat them */
    Said said(InputStream body, Blot credentials) throws IOException {
        var head = body.readNBytes(HEAD);
        var fault = fault(head);
        return new Said(fault, fault == null ? shown(head, credentials) : credentials.blotted(fault.text()));
    }

    Optional<Duration> wait(@Nullable String retryAfter) {
        return RetryAfter.read(retryAfter, clock.instant(), LONGEST_WAIT);
    }

    /** What a Fault inside an answer of 200 means. */
    private ReadFailure refused(String realmId, Fault fault, Blot credentials) {
        var said = "QuickBooks answered 200 with a Fault: " + credentials.blotted(fault.text());
        return fault.throttled() ? throttled(realmId, said, settings.throttlePause()) : ReadFailure.of(said).inRecords();
    }

    private ReadFailure throttled(String realmId, String said, Duration pause) {
        limits.pause(realmId, pause);
        return ReadFailure.waiting(said, pause);
    }

    /** Throttle and gateway errors also come as XML or HTML when JSON was asked for: then there is none. */
    private @Nullable Fault fault(byte[] body) {
        try (var parser = json.createParser(new ByteArrayInputStream(body))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME && "Fault".equalsIgnoreCase(parser.currentName())) {
                    parser.nextToken();
                    return Faults.read(parser);
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    static ReadFailure unreadable(IOException e, String progress, RecordedStream stream) {
        if (e instanceof RecordedStream.TooLarge) {
            return ReadFailure.of("QuickBooks' answer was refused: " + e.getMessage() + "; " + progress);
        }
        if (e instanceof SocketTimeoutException) {
            return ReadFailure.of("QuickBooks' answer stopped coming: " + e.getMessage() + "; " + progress);
        }
        if (e instanceof JsonParseException && !e.getMessage().contains("end-of-input")) {
            return ReadFailure.of("QuickBooks answered 200 with what is not JSON: " + shown(stream.head(SHOWN), text -> text));
        }
        return ReadFailure.of("QuickBooks' answer broke off: " + progress);
    }

    /** Markup is left out, so that what an HTML or XML body says can be read in one line. */
    private static String shown(byte[] body, Blot credentials) {
        var text = credentials.blotted(new String(body, StandardCharsets.UTF_8))
                .replaceAll("(?s)<(script|style).*?(</\\1>|$)", " ")
                .replaceAll("(?s)<[^>]*(>|$)", " ")
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .trim();
        if (text.isEmpty()) {
            return body.length == 0 ? "an empty body" : "a body of markup without text";
        }
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
