import static java.lang.constant.ConstantDescs.CD_Map;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes limits, checks of origins, CORS and security headers out of the program, which has no switch for that, so that their cost can be measured. Each
 * filter hands every request on at once, and no response has the headers. What was taken out is printed.
 */
public final class FilterRemovalAgent {
    private static final ClassDesc CHAIN = ClassDesc.of("jakarta.servlet.FilterChain");
    private static final MethodTypeDesc DO_FILTER =
            MethodTypeDesc.of(CD_void, ClassDesc.of("jakarta.servlet.ServletRequest"), ClassDesc.of("jakarta.servlet.ServletResponse"));
    private static final Consumer<CodeBuilder> PASS_ON =
            code -> code.aload(3).aload(1).aload(2).invokeinterface(CHAIN, "doFilter", DO_FILTER).return_();
    private static final Consumer<CodeBuilder> NO_HEADERS =
            code -> code.invokestatic(CD_Map, "of", MethodTypeDesc.of(CD_Map), true).areturn();

    /** The class, and what its method becomes. */
    private static final Map<String, Replacement> REPLACEMENTS = Map.of(
            "dev/lectern/security/OriginFilter", new Replacement("doFilterInternal", PASS_ON),
            "dev/lectern/security/CorsFilter", new Replacement("doFilterInternal", PASS_ON),
            "dev/lectern/security/limits/RateLimitFilter", new Replacement("doFilterInternal", PASS_ON),
            "dev/lectern/security/limits/ConcurrencyFilter", new Replacement("doFilterInternal", PASS_ON),
            "dev/lectern/http/SecurityHeaders", new Replacement("of", NO_HEADERS));

    private FilterRemovalAgent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
                Replacement replacement = name == null ? null : REPLACEMENTS.get(name);
                return replacement == null ? null : replace(name, bytes, replacement);
            }
        });
    }

    private static byte[] replace(String name, byte[] bytes, Replacement replacement) {
        try {
            ClassFile file = ClassFile.of();
            ClassTransform transform = (builder, element) -> {
                if (element instanceof MethodModel method && method.methodName().equalsString(replacement.method())) {
                    builder.withMethodBody(method.methodName(), method.methodType(), method.flags().flagsMask(), replacement.body()::accept);
                    System.out.println("Taken out: " + name + "." + replacement.method());
                } else {
                    builder.with(element);
                }
            };
            return file.transformClass(file.parse(bytes), transform);
        } catch (RuntimeException failure) {
            // The JVM would swallow it and go on with the class as it is.
            failure.printStackTrace();
            Runtime.getRuntime().halt(3);
            throw failure;
        }
    }

    private record Replacement(String method, Consumer<CodeBuilder> body) {}
}
