package dev.lectern.http.web;

import dev.lectern.http.Problem;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem responses in filters, outside of controllers. */
@Component
class ProblemWriter {
    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the problem unless the response is already committed. */
    void write(LecternException failure, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(failure.code().status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        ProblemHeaders.write(failure, response);
        response.getOutputStream().write(json.writeValueAsBytes(Problem.of(failure)));
        response.flushBuffer();
    }
}
