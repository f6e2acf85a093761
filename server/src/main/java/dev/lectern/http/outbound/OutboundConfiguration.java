package dev.lectern.http.outbound;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundProperties.class)
class OutboundConfiguration {
    @Bean
    OutboundHttpClient outboundHttpClient(OutboundProperties properties) {
        return OutboundHttpClient.ofSystem(properties.allowedHosts());
    }
}
