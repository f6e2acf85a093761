package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.parsing.ocr.OcrProperties;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ParsingConfiguration {

    @Bean(destroyMethod = "close")
    ParserPool documentParser(
            ParsingProperties properties, OcrProperties ocr, Clock clock, ExecutorService applicationExecutor) {
        return new ParserPool(properties, ocr, clock, applicationExecutor);
    }
}
