package dev.lectern.ingestion.web;

import dev.lectern.ingestion.Reembeddings;
import dev.lectern.ingestion.Reembeddings.Present;
import dev.lectern.shared.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the library is searched with, for who has the key file. */
@RestController
@RequestMapping("/api/v1/embedder")
class EmbedderController {
    private final Reembeddings reembeddings;

    EmbedderController(Reembeddings reembeddings) {
        this.reembeddings = reembeddings;
    }

    /** At this moment; it differs from the configured one from the end of a move until the next start with the new name. */
    @GetMapping
    Present present(Caller caller) {
        caller.requireOperator(ReembeddingController.FOR_OPERATORS);
        return reembeddings.present();
    }
}
