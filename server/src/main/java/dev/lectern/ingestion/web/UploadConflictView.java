package dev.lectern.ingestion.web;

import dev.lectern.http.Problem;
import dev.lectern.shared.ErrorCode;
import java.util.List;
import java.util.Objects;

/**
 * The problem of an upload whose files were all refused.
 *
 * @param items one for each file, in order
 */
record UploadConflictView(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String requestId,
        List<UploadView.Item> items) {

    /** @param items 1 or more, all refused */
    static UploadConflictView of(List<UploadView.Item> items) {
        String detail = items.size() == 1
                ? Objects.toString(items.getFirst().reason())
                : "The collection has documents with other content under the paths of all " + items.size()
                        + " files. Upload them with onConflict=replace or onConflict=keepBoth.";
        Problem problem = Problem.of(ErrorCode.DOCUMENT_EXISTS, detail, List.of());
        return new UploadConflictView(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.code(),
                problem.requestId(),
                items);
    }
}
