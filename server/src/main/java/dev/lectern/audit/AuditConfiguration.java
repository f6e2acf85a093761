package dev.lectern.audit;

import dev.lectern.shared.Caller;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** What another module replaces. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    /** Used unless a module that knows accounts provides names. */
    @Bean
    @Fallback
    CallerNames callerNames() {
        return caller -> caller instanceof Caller.SystemTask task ? task.id().replace('_', ' ') : caller.kind();
    }
}
