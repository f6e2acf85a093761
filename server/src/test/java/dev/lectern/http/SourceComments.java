package dev.lectern.http;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads the Javadoc of types and methods from the source files, as Markdown. Constants are replaced by their values, and links to enums by their constants. */
final class SourceComments {
    private static final Path SOURCES = Path.of("src", "main", "java");

    private final Map<String, SourceFile> files = new HashMap<>();

    /** The comments of one file by the name of the class within it, followed by {@code #method} for methods. */
    private record SourceFile(Map<String, DocCommentTree> comments, List<String> imports) {}

    /** The description of a type; empty without a comment. */
    String text(Class<?> type) {
        return comment(type, "").map(tree -> body(tree, type)).orElse("");
    }

    /** The description of a method; empty without a comment. */
    String text(Method method) {
        return comment(method)
                .map(tree -> body(tree, method.getDeclaringClass()))
                .orElse("");
    }

    /** The descriptions of the components of a record, as far as there are some. */
    Map<String, String> parameters(Class<?> type) {
        return comment(type, "").map(tree -> parameters(tree, type)).orElse(Map.of());
    }

    Map<String, String> parameters(Method method) {
        return comment(method)
                .map(tree -> parameters(tree, method.getDeclaringClass()))
                .orElse(Map.of());
    }

    /** What a method says about its exceptions; empty if nothing. */
    String thrown(Method method) {
        return comment(method).stream()
                .flatMap(tree -> tree.getBlockTags().stream())
                .filter(ThrowsTree.class::isInstance)
                .map(tag -> render(((ThrowsTree) tag).getDescription(), method.getDeclaringClass()))
                .collect(Collectors.joining(" "));
    }

    /** The values of an enum as the API writes them. */
    static List<String> valuesOf(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .map(name -> name.equals(name.toUpperCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT) : name)
                .toList();
    }

    private Optional<DocCommentTree> comment(Method method) {
        return comment(method.getDeclaringClass(), "#" + method.getName());
    }

    private Optional<DocCommentTree> comment(Class<?> type, String member) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        return Optional.ofNullable(file(type).comments().get(name.replace('$', '.') + member));
    }

    private SourceFile file(Class<?> type) {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        return files.computeIfAbsent(top.getName(), SourceComments::parse);
    }

    private static SourceFile parse(String name) {
        Path path = SOURCES.resolve(name.replace('.', '/') + ".java");
        Map<String, DocCommentTree> comments = new HashMap<>();
        if (!Files.exists(path)) {
            return new SourceFile(comments, List.of());
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjects(path));
            DocTrees trees = DocTrees.instance(task);
            CompilationUnitTree unit = task.parse().iterator().next();
            new TreePathScanner<@Nullable Void, String>() {
                @Override
                public @Nullable Void visitClass(ClassTree node, String outer) {
                    String inner = outer + node.getSimpleName();
                    add(inner);
                    return super.visitClass(node, inner + ".");
                }

                @Override
                public @Nullable Void visitMethod(MethodTree node, String outer) {
                    add(outer.substring(0, outer.length() - 1) + "#" + node.getName());
                    return null;
                }

                private void add(String key) {
                    DocCommentTree tree = trees.getDocCommentTree(getCurrentPath());
                    if (tree != null) {
                        comments.putIfAbsent(key, tree);
                    }
                }
            }.scan(unit, "");
            return new SourceFile(
                    comments,
                    unit.getImports().stream()
                            .map(one -> one.getQualifiedIdentifier().toString())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String body(DocCommentTree tree, Class<?> at) {
        return render(tree.getFullBody(), at);
    }

    private Map<String, String> parameters(DocCommentTree tree, Class<?> at) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (DocTree tag : tree.getBlockTags()) {
            if (tag instanceof ParamTree param && !param.isTypeParameter()) {
                texts.put(param.getName().getName().toString(), render(param.getDescription(), at));
            }
        }
        return texts;
    }

    private String render(List<? extends DocTree> parts, Class<?> at) {
        StringBuilder text = new StringBuilder();
        for (DocTree part : parts) {
            text.append(
                    switch (part) {
                        case TextTree plain -> plain.getBody().replaceAll("\\s+", " ");
                        case LiteralTree code -> "`" + code.getBody().getBody() + "`";
                        case LinkTree link -> link(link, at);
                        case ValueTree value -> value(value.getReference().getSignature(), at);
                        case StartElementTree element -> element.getName().contentEquals("li") ? "\n- " : "\n\n";
                        default -> "";
                    });
        }
        return text.toString().replaceAll(" *\n *", "\n").strip();
    }

    private String link(LinkTree link, Class<?> at) {
        if (!link.getLabel().isEmpty()) {
            return render(link.getLabel(), at);
        }
        String target = link.getReference().getSignature();
        Class<?> type = find(target, at);
        if (type != null && type.isEnum()) {
            List<String> values = valuesOf(type);
            return values.subList(0, values.size() - 1).stream()
                            .map(value -> "`" + value + "`")
                            .collect(Collectors.joining(", "))
                    + " or `" + values.getLast() + "`";
        }
        if (type == null && target.indexOf('#') < 0) {
            throw new IllegalStateException(
                    "The comment of " + at.getName() + " links to " + target + ", which is unknown");
        }
        return "`" + target.substring(target.indexOf('#') + 1) + "`";
    }

    private String value(String signature, Class<?> at) {
        String owner = signature.substring(0, signature.indexOf('#'));
        Class<?> type = owner.isEmpty() ? at : find(owner, at);
        for (Class<?> one = type; one != null; one = one.getEnclosingClass()) {
            try {
                Field field = one.getDeclaredField(signature.substring(owner.length() + 1));
                field.setAccessible(true);
                Object value = field.get(null);
                return value instanceof Number number ? String.format(Locale.ROOT, "%,d", number) : "`" + value + "`";
            } catch (NoSuchFieldException notThis) {
                // A class around it may have the constant.
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("The comment of " + at.getName() + " names no constant with " + signature);
    }

    /** The class that a comment names: nested, of the same package, or imported. */
    private @Nullable Class<?> find(String name, Class<?> at) {
        if (name.contains("#")) {
            return null;
        }
        String nested = name.replace('.', '$');
        Stream<String> enclosing = Stream.<Class<?>>iterate(at, one -> one != null, Class::getEnclosingClass)
                .map(one -> one.getName() + "$" + nested);
        String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        Stream<String> imported = file(at).imports().stream()
                .filter(one -> one.endsWith("." + first))
                .map(one -> one.substring(0, one.length() - first.length()) + nested);
        return Stream.of(Stream.of(name), enclosing, Stream.of(at.getPackageName() + "." + nested), imported)
                .flatMap(names -> names)
                .flatMap(one -> load(one).stream())
                .findFirst()
                .orElse(null);
    }

    /** An import of a nested class is written with dots only. */
    private static Optional<Class<?>> load(String name) {
        String candidate = name;
        while (true) {
            try {
                return Optional.of(Class.forName(candidate, false, SourceComments.class.getClassLoader()));
            } catch (ClassNotFoundException unknown) {
                int dot = candidate.lastIndexOf('.');
                if (dot < 0 || !Character.isUpperCase(candidate.charAt(dot + 1))) {
                    return Optional.empty();
                }
                candidate = candidate.substring(0, dot) + "$" + candidate.substring(dot + 1);
            }
        }
    }
}
