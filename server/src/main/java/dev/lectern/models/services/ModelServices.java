package dev.lectern.models.services;

import dev.lectern.models.ChatModel;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.anthropic.AnthropicModelFactory;
import dev.lectern.models.gemini.GeminiModelFactory;
import dev.lectern.models.gemini.GeminiProperties;
import dev.lectern.models.langchain4j.ServiceSettings;
import dev.lectern.models.openai.OpenAiModelFactory;
import dev.lectern.models.openai.OpenAiProperties;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RuntimeSetting;
import dev.lectern.shared.RuntimeSettingSource;
import dev.lectern.shared.Secret;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.stereotype.Component;

/**
 * Opens models of services by their configured names, {@code <service>:<model>}. The services {@code gemini} and {@code openai} are always there; others have
 * the names that the operator gave them. Opening a model does no I/O. Thread-safe.
 */
@Component
public final class ModelServices implements RuntimeSettingSource {
    private final Map<String, ModelFactory> factories;
    private final List<RuntimeSetting<?>> keys = new ArrayList<>();

    /** Creates the models of one service. */
    private interface ModelFactory {
        ChatModel chat(String model);

        EmbeddingModel embedder(String model);

        void replaceKey(Secret key);
    }

    ModelServices(
            GeminiProperties gemini,
            OpenAiProperties openAi,
            ModelServicesProperties named,
            StoredKeyProperties storedKeys,
            ExecutorService executor,
            InstantSource clock) {
        Map<String, ModelFactory> all = new HashMap<>();
        add(all, ServiceType.GEMINI, gemini.toSettings(), "lectern.gemini", storedKeys, executor, clock);
        add(all, ServiceType.OPENAI, openAi.toSettings(), "lectern.openai", storedKeys, executor, clock);
        new TreeMap<>(named.modelService())
                .forEach((name, service) -> add(
                        all,
                        Optional.ofNullable(service.type()).orElseThrow(),
                        service.toSettings(name),
                        "lectern.model-service." + name,
                        storedKeys,
                        executor,
                        clock));
        factories = Map.copyOf(all);
    }

    private void add(
            Map<String, ModelFactory> all,
            ServiceType type,
            ServiceSettings settings,
            String prefix,
            StoredKeyProperties storedKeys,
            ExecutorService executor,
            InstantSource clock) {
        ModelFactory factory = factory(
                type,
                storedKeys.storedKeys().contains(settings.name()) ? settings.withStoredKey() : settings,
                executor,
                clock);
        all.put(settings.name(), factory);
        // Several keys are in the environment, which comes first.
        if (settings.access().apiKeys().size() < 2) {
            keys.add(RuntimeSetting.ofSecret(prefix + ".api-key", factory::replaceKey));
        }
    }

    /** The API key of each service. */
    @Override
    public List<RuntimeSetting<?>> runtimeSettings() {
        return List.copyOf(keys);
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
                settings.bindOrCreate("lectern.models", StoredKeyProperties.class),
                executor,
                clock);
    }

    private static ModelFactory factory(
            ServiceType type, ServiceSettings settings, ExecutorService executor, InstantSource clock) {
        return switch (type) {
            case GEMINI -> {
                GeminiModelFactory models = new GeminiModelFactory(settings, executor, clock);
                yield of(models::chat, models::embedder, models::replaceKey);
            }
            case OPENAI -> {
                OpenAiModelFactory models = new OpenAiModelFactory(settings, executor, clock);
                yield of(models::chat, models::embedder, models::replaceKey);
            }
            case ANTHROPIC -> {
                AnthropicModelFactory models = new AnthropicModelFactory(settings, executor, clock);
                yield of(models::chat, model -> refuseEmbedder(settings, model), models::replaceKey);
            }
        };
    }

    private static EmbeddingModel refuseEmbedder(ServiceSettings settings, String model) {
        throw LecternException.forOperator(
                ErrorCode.INVALID_REQUEST,
                "\"" + settings.name() + ":" + model + "\" is not an embedder: services with the API of Anthropic have none.",
                "Choose an embedder of another service.",
                null);
    }

    private static ModelFactory of(
            Function<String, ChatModel> chat, Function<String, EmbeddingModel> embedder, Consumer<Secret> keys) {
        return new ModelFactory() {
            @Override
            public ChatModel chat(String model) {
                return chat.apply(model);
            }

            @Override
            public EmbeddingModel embedder(String model) {
                return embedder.apply(model);
            }

            @Override
            public void replaceKey(Secret key) {
                keys.accept(key);
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
