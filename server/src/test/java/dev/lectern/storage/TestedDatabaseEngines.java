package dev.lectern.storage;

import dev.lectern.TestRun;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Every {@link DatabaseEngine} that this test run may start. */
final class TestedDatabaseEngines implements ArgumentsProvider {

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return Stream.of(DatabaseEngine.values())
                .filter(engine -> engine == DatabaseEngine.SQLITE || !TestRun.isFast())
                .map(Arguments::of);
    }
}
