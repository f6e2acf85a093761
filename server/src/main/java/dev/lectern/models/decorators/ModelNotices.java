package dev.lectern.models.decorators;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator about one model that works, but not as configured: that it ends soon, or that another one answers in its place, which the service charges
 * as that. Each is logged once a day. Thread-safe.
 */
final class ModelNotices {
    private static final Logger log = LoggerFactory.getLogger(ModelNotices.class);
    private static final int DAYS_AHEAD = 30;
    private static final Duration INTERVAL = Duration.ofDays(1);

    /** What services add to the name that was asked for: a version, a date, or that it is the newest. */
    private static final Pattern VERSION = Pattern.compile("[-:@_.](?:v?\\d[\\w.-]*|latest|preview[\\w.-]*|stable|exp[\\w.-]*)");

    private final String title;
    private final String model;
    private final InstantSource clock;
    private final Optional<ModelEndDates.End> end;
    private @Nullable Instant endLogged;
    private @Nullable Instant otherLogged;

    ModelNotices(ModelKind kind, String model, InstantSource clock) {
        this.title = kind.title();
        this.model = model;
        this.clock = clock;
        this.end = ModelEndDates.bundled().find(model);
    }

    /** A sentence for operators from 30 days before the last day of the model on. */
    Optional<String> ending() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return end.filter(known -> !today.plusDays(DAYS_AHEAD).isBefore(known.lastDay()))
                .map(known -> describe(known, ChronoUnit.DAYS.between(today, known.lastDay())));
    }

    private static String describe(ModelEndDates.End end, long daysLeft) {
        String when = daysLeft < 0
                ? "The last day of the model was " + end.lastDay() + "."
                : "The last day of the model is " + end.lastDay() + ", in " + daysLeft + " days.";
        String then = end.replacement().isEmpty()
                ? " Calls fail afterwards."
                : " Afterwards " + end.replacement() + " answers, and is charged.";
        return when + then + " Choose another model.";
    }

    /** @param answering the model that the service says it used; null when it does not say */
    synchronized void recordReply(@Nullable String answering) {
        Instant now = clock.instant();
        if (isDue(endLogged, now)) {
            ending().ifPresent(sentence -> {
                log.warn("{} {}: {}", title, model, sentence);
                endLogged = now;
            });
        }
        if (answering != null && isAnother(model, answering) && isDue(otherLogged, now)) {
            log.warn(
                    "{} {} was answered by {}, whose price the service charges. Configure the model that you want.",
                    title,
                    model,
                    answering);
            otherLogged = now;
        }
    }

    private static boolean isDue(@Nullable Instant last, Instant now) {
        return last == null || !now.isBefore(last.plus(INTERVAL));
    }

    /** Whether the names differ in more than a version. */
    static boolean isAnother(String configured, String answering) {
        String asked = ModelEndDates.bareName(configured);
        String used = answering.toLowerCase(Locale.ROOT);
        used = used.substring(used.lastIndexOf('/') + 1);
        String longer = asked.length() > used.length() ? asked : used;
        String shorter = asked.length() > used.length() ? used : asked;
        return !longer.startsWith(shorter)
                || (longer.length() > shorter.length()
                        && !VERSION.matcher(longer.substring(shorter.length())).matches());
    }
}
