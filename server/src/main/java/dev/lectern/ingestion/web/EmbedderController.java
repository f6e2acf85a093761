package dev.lectern.ingestion.web;

import dev.lectern.ingestion.ReembeddingService;
import dev.lectern.ingestion.ReembeddingService.Present;
import dev.lectern.shared.Caller;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The active embedder; for callers with the key file. */
@RestController
@RequestMapping(path = "/api/v1/embedder", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class EmbedderController {
    private final ReembeddingService reembeddingService;

    EmbedderController(ReembeddingService reembeddingService) {
        this.reembeddingService = reembeddingService;
    }

    /** Shows the active embedder. It differs from the configured one from the switch of a re-embedding until the next start with the new name. */
    @GetMapping
    Present getEmbedder(Caller caller) {
        return reembeddingService.present(caller);
    }
}
