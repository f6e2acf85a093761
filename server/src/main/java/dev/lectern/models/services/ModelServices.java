package dev.lectern.models.services;

import dev.lectern.models.ChatModel;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.gemini.GeminiModelFactory;
import dev.lectern.models.gemini.GeminiProperties;
import dev.lectern.models.langchain4j.ServiceSettings;
import dev.lectern.models.openai.OpenAiModelFactory;
import dev.lectern.models.openai.OpenAiProperties;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.stereotype.Component;

/**
 * Opens models of services by their configured names, {@code <service>:<model>}. The services {@code gemini} and {@code openai} are always there; others have
 * the names that the operator gave them. Opening a model does no I/O. Thread-safe.
 */
@Component
public final class ModelServices {
    private final Map<String, ModelFactory> factories;

    /** Creates the models of one service. */
    private interface ModelFactory {
        ChatModel chat(String model);

        EmbeddingModel embedder(String model);
    }

    ModelServices(
            GeminiProperties gemini,
            OpenAiProperties openAi,
            ModelServicesProperties named,
            ExecutorService executor,
            InstantSource clock) {
        Map<String, ModelFactory> all = new HashMap<>();
        all.put("gemini", factory(ServiceType.GEMINI, gemini.toSettings(), executor, clock));
        all.put("openai", factory(ServiceType.OPENAI, openAi.toSettings(), executor, clock));
        new TreeMap<>(named.modelService())
                .forEach((name, service) -> all.put(
                        name,
                        factory(
                                Optional.ofNullable(service.type()).orElseThrow(),
                                service.toSettings(name),
                                executor,
                                clock)));
        factories = Map.copyOf(all);
    }

    /**
     * The services outside of the application.
     *
     * @param settings with the keys below {@code lectern}
     */
    public static ModelServices of(Binder settings, ExecutorService executor, InstantSource clock) {
        return new ModelServices(
                settings.bindOrCreate("lectern.gemini", GeminiProperties.class),
                settings.bindOrCreate("lectern.openai", OpenAiProperties.class),
                settings.bindOrCreate("lectern", ModelServicesProperties.class),
                executor,
                clock);
    }

    private static ModelFactory factory(
            ServiceType type, ServiceSettings settings, ExecutorService executor, InstantSource clock) {
        return switch (type) {
            case GEMINI -> {
                GeminiModelFactory models = new GeminiModelFactory(settings, executor, clock);
                yield of(models::chat, models::embedder);
            }
            case OPENAI -> {
                OpenAiModelFactory models = new OpenAiModelFactory(settings, executor, clock);
                yield of(models::chat, models::embedder);
            }
        };
    }

    private static ModelFactory of(
            java.util.function.Function<String, ChatModel> chat,
            java.util.function.Function<String, EmbeddingModel> embedder) {
        return new ModelFactory() {
            @Override
            public ChatModel chat(String model) {
                return chat.apply(model);
            }

            @Override
            public EmbeddingModel embedder(String model) {
                return embedder.apply(model);
            }
        };
    }

    /** Whether a name is that of a service and a model, as {@code gemini:gemini-3.8-flash}. */
    public boolean isKnown(String name) {
        return factories.containsKey(serviceOf(name)) && !modelOf(name).isBlank();
    }

    /**
     * Opens a chat model.
     *
     * @throws LecternException {@code INVALID_REQUEST} for a name of which {@link #isKnown} is false; {@code MODEL_FAILED} when its API key is missing
     */
    public ChatModel openChat(String name) {
        return find(name).chat(modelOf(name));
    }

    /** Opens an embedding model; as {@link #openChat}. */
    public EmbeddingModel openEmbedder(String name) {
        return find(name).embedder(modelOf(name));
    }

    private ModelFactory find(String name) {
        ModelFactory factory = factories.get(serviceOf(name));
        if (factory == null || modelOf(name).isBlank()) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "\"" + name + "\" is not the name of a model of a service. Write gemini:<model>, openai:<model>, or"
                            + " <service>:<model> with the name of a configured service.");
        }
        return factory;
    }

    private static String serviceOf(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? "" : name.substring(0, colon);
    }

    private static String modelOf(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
