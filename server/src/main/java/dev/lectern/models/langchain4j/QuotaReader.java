package dev.lectern.models.langchain4j;

import dev.lectern.models.QuotaLimit;
import dev.lectern.models.QuotaLimit.Kind;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads from a refusal which quota is used up, and until when: from the details and the message of Gemini, from the codes of OpenAI, and from the headers
 * {@code Retry-After}, {@code retry-after-ms}, {@code x-ratelimit-reset-*}, {@code anthropic-ratelimit-*-reset} and {@code RateLimit}.
 */
final class QuotaReader {
    /** Where the day of Gemini's quotas ends at midnight. */
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    /** A time that a service names in error should not stop the work for ever. */
    private static final Duration LONGEST = Duration.ofDays(31);

    /** Nobody can say when somebody has paid. Until then one call finds out. */
    private static final Duration UNTIL_SOMEBODY_ACTED = Duration.ofMinutes(5);

    /** Gemini adds up costs over ten minutes. */
    private static final Duration SPEND_WINDOW = Duration.ofMinutes(10);

    /** {@code limit: 0}, but not {@code limit: 0.5}. */
    private static final Pattern NO_LIMIT = Pattern.compile("limit: 0(?![.\\d])");

    private static final Pattern RETRY_IN =
            Pattern.compile("(?:retry|try again) in ((?:\\d+(?:\\.\\d+)?\\s?(?:days?|hours?|minutes?|seconds?|ms|d|h|m|s)\\s?)+)");

    private static final Pattern TIME_PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s?(ms|d|h|m|s)[a-z]*");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
    private static final Pattern RATE_LIMIT_FIELD = Pattern.compile("r=(\\d{1,12}).*?;t=(\\d{1,9})");
    private static final Set<String> NO_CREDIT =
            Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance");

    private QuotaReader() {}

    /**
     * @param error the error of the body, or a missing node
     * @param now by the clock of this process
     * @return null for a status other than 402, 429, 503 and 529, and for a 503 or 529 that names no time
     */
    static @Nullable QuotaLimit read(int status, HttpHeaders headers, JsonNode error, Instant now) {
        if (status != 402 && status != 429 && status != 503 && status != 529) {
            return null;
        }
        Optional<Instant> named = timeOf(headers, error, now);
        Kind kind = status == 402 ? Kind.CREDIT : status == 429 ? kindOf(error, headers) : Kind.CAPACITY;
        return switch (kind) {
            case NONE, CREDIT -> new QuotaLimit(kind, now.plus(UNTIL_SOMEBODY_ACTED));
            // The delay that Gemini names beside a quota of the day is that of another quota.
            case DAY -> new QuotaLimit(kind, isOfGemini(error) ? midnightAfter(now) : named.orElseGet(() -> midnightAfter(now)));
            case SPEND -> new QuotaLimit(kind, named.orElse(now.plus(SPEND_WINDOW)));
            case CAPACITY -> named.isEmpty() && status != 429 ? null : new QuotaLimit(kind, named.orElse(now));
            case REQUESTS, TOKENS, UNKNOWN -> new QuotaLimit(kind, named.orElse(now), perMinute(kind, error));
        };
    }

    /** The kind of a refusal that names no time: for the message. */
    static Kind kindOf(JsonNode error, HttpHeaders headers) {
        String message = RefusalReader.messageOf(error);
        Stream.Builder<Kind> kinds = Stream.builder();
        for (JsonNode detail : error.path("details")) {
            if (detail.path("reason").asString("").equals("MODEL_CAPACITY_EXHAUSTED")) {
                kinds.add(Kind.CAPACITY);
            }
            for (JsonNode violation : detail.path("violations")) {
                kinds.add(kindOf(violation));
            }
        }
        if (NO_LIMIT.matcher(message).find()) {
            kinds.add(Kind.NONE);
        }
        if (NO_CREDIT.contains(error.path("code").asString("")) || NO_CREDIT.contains(error.path("type").asString(""))) {
            kinds.add(Kind.CREDIT);
        }
        kinds.add(kindOf(message.toLowerCase(Locale.ROOT)));
        if (headers.firstValue("x-ratelimit-remaining-requests").filter("0"::equals).isPresent()) {
            kinds.add(Kind.REQUESTS);
        }
        if (headers.firstValue("x-ratelimit-remaining-tokens").filter("0"::equals).isPresent()) {
            kinds.add(Kind.TOKENS);
        }
        return strictest(kinds.build().toList());
    }

    private static Kind kindOf(JsonNode violation) {
        String id = violation.path("quotaId").asString("") + " " + violation.path("quotaMetric").asString("");
        if (violation.path("quotaValue").asString("").equals("0")) {
            return Kind.NONE;
        }
        if (id.contains("PerDay")) {
            return Kind.DAY;
        }
        String lower = id.toLowerCase(Locale.ROOT);
        if (lower.contains("spend") || lower.contains("cost")) {
            return Kind.SPEND;
        }
        return lower.contains("token") ? Kind.TOKENS : lower.contains("request") ? Kind.REQUESTS : Kind.UNKNOWN;
    }

    /** What Gemini says that the quota of a minute is. */
    private static long perMinute(Kind kind, JsonNode error) {
        long lowest = 0;
        for (JsonNode detail : error.path("details")) {
            for (JsonNode violation : detail.path("violations")) {
                String value = violation.path("quotaValue").asString("");
                if (kindOf(violation) == kind
                        && violation.path("quotaId").asString("").contains("PerMinute")
                        && value.matches("[1-9]\\d{0,11}")) {
                    long allowed = Long.parseLong(value);
                    lowest = lowest == 0 ? allowed : Math.min(lowest, allowed);
                }
            }
        }
        return lowest;
    }

    private static Kind kindOf(String message) {
        if (message.contains("per day") || message.contains("(rpd)") || message.contains("(tpd)")) {
            return Kind.DAY;
        }
        if (message.contains("spend") || message.contains("spending")) {
            return Kind.SPEND;
        }
        if (message.contains("tokens per min") || message.contains("(tpm)")) {
            return Kind.TOKENS;
        }
        return message.contains("requests per min") || message.contains("(rpm)") ? Kind.REQUESTS : Kind.UNKNOWN;
    }

    /** Of several quotas that are used up, the one that takes longest to be renewed. */
    private static Kind strictest(Iterable<Kind> kinds) {
        Kind strictest = Kind.UNKNOWN;
        for (Kind kind : kinds) {
            if (rank(kind) > rank(strictest)) {
                strictest = kind;
            }
        }
        return strictest;
    }

    private static int rank(Kind kind) {
        return switch (kind) {
            case UNKNOWN -> 0;
            case CAPACITY -> 1;
            case REQUESTS -> 2;
            case TOKENS -> 3;
            case SPEND -> 4;
            case DAY -> 5;
            case CREDIT -> 6;
            case NONE -> 7;
        };
    }

    private static boolean isOfGemini(JsonNode error) {
        return !error.path("status").isMissingNode() || error.path("details").isArray();
    }

    private static Instant midnightAfter(Instant now) {
        LocalDate tomorrow = now.atZone(PACIFIC).toLocalDate().plusDays(1);
        // On the days when the clock changes, a day has 23 or 25 hours.
        return tomorrow.atStartOfDay(PACIFIC).toInstant();
    }

    /** The latest of all times that are named, since each of them holds. */
    private static Optional<Instant> timeOf(HttpHeaders headers, JsonNode error, Instant now) {
        Stream.Builder<Instant> times = Stream.builder();
        for (JsonNode detail : error.path("details")) {
            parseTime(detail.path("retryDelay").asString("")).ifPresent(wait -> times.add(now.plus(wait)));
        }
        headers.firstValue("retry-after-ms")
                .filter(value -> SECONDS.matcher(value).matches())
                .ifPresent(value -> times.add(now.plus(seconds(value).dividedBy(1_000))));
        headers.firstValue("Retry-After").flatMap(value -> retryAfter(value, headers, now)).ifPresent(times::add);
        addResets(headers, now, times);
        Instant longest = now.plus(LONGEST);
        Optional<Instant> exact = times.build().max(Instant::compareTo);
        return exact.or(() -> inMessage(RefusalReader.messageOf(error)).map(now::plus))
                .map(time -> time.isAfter(longest) ? longest : time)
                .map(time -> time.isBefore(now) ? now : time);
    }

    private static Optional<Instant> retryAfter(String value, HttpHeaders headers, Instant now) {
        if (SECONDS.matcher(value.strip()).matches()) {
            return Optional.of(now.plus(seconds(value.strip())));
        }
        // The clock of the service counts, which may differ from ours.
        Instant there = headers.firstValue("Date").flatMap(QuotaReader::date).orElse(now);
        return date(value.strip()).map(time -> now.plus(Duration.between(there, time)));
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** A reset counts if its quota is used up, or if the header says nothing about what is left. */
    private static void addResets(HttpHeaders headers, Instant now, Stream.Builder<Instant> times) {
        for (String unit : new String[] {"requests", "tokens"}) {
            if (isUsedUp(headers, "x-ratelimit-remaining-" + unit)) {
                headers.firstValue("x-ratelimit-reset-" + unit)
                        .flatMap(QuotaReader::parseTime)
                        .ifPresent(wait -> times.add(now.plus(wait)));
            }
        }
        for (String unit : new String[] {"requests", "tokens", "input-tokens", "output-tokens"}) {
            if (isUsedUp(headers, "anthropic-ratelimit-" + unit + "-remaining")) {
                headers.firstValue("anthropic-ratelimit-" + unit + "-reset")
                        .flatMap(QuotaReader::instant)
                        .ifPresent(times::add);
            }
        }
        headers.firstValue("RateLimit").ifPresent(value -> {
            Matcher field = RATE_LIMIT_FIELD.matcher(value);
            while (field.find()) {
                if (field.group(1).equals("0")) {
                    times.add(now.plus(seconds(field.group(2))));
                }
            }
        });
    }

    private static boolean isUsedUp(HttpHeaders headers, String remaining) {
        return headers.firstValue(remaining).map("0"::equals).orElse(true);
    }

    private static Optional<Instant> instant(String value) {
        try {
            return Optional.of(Instant.parse(value));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> inMessage(String message) {
        Matcher named = RETRY_IN.matcher(message.toLowerCase(Locale.ROOT));
        return named.find() ? parseTime(named.group(1)) : Optional.empty();
    }

    /** A time such as {@code 57.238747106s}, {@code 6m0s}, {@code 250ms}, {@code 1 minute}, or a number of seconds. */
    private static Optional<Duration> parseTime(String text) {
        if (SECONDS.matcher(text.strip()).matches()) {
            return Optional.of(seconds(text.strip()));
        }
        Matcher part = TIME_PART.matcher(text.toLowerCase(Locale.ROOT));
        Duration sum = null;
        while (part.find()) {
            Duration number = seconds(part.group(1));
            Duration time = switch (part.group(2)) {
                case "ms" -> number.dividedBy(1_000);
                case "m" -> number.multipliedBy(60);
                case "h" -> number.multipliedBy(3_600);
                case "d" -> number.multipliedBy(86_400);
                default -> number;
            };
            sum = sum == null ? time : sum.plus(time);
        }
        return Optional.ofNullable(sum);
    }

    private static Duration seconds(String number) {
        int point = number.indexOf('.');
        long whole = Long.parseLong(point < 0 ? number : number.substring(0, point));
        String fraction = point < 0 ? "" : number.substring(point + 1);
        return Duration.ofSeconds(whole, Long.parseLong((fraction + "000000000").substring(0, 9)));
    }
}
