import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the JUnit reports of a run of {@code ./lectern test} and prints the failed tests with their messages, the slowest test classes, and one last line with
 * the totals. Started from its source by the script: {@code java TestReport.java FAILED_STEPS REPORT...}. Exits with 1 if a test or a step failed, or if there
 * are no tests.
 */
final class TestReport {
    private static final int SLOWEST = 10;
    private static final int MESSAGE_LINES = 12;

    private final List<TestClass> classes = new ArrayList<>();
    private final List<FailedTest> failed = new ArrayList<>();
    private int passed;
    private int skipped;

    /** @param seconds the sum of the times of its tests, with those of its set-up where the report has them */
    private record TestClass(String name, double seconds, int tests) {}

    private record FailedTest(String name, String message) {}

    public static void main(String[] arguments) throws Exception {
        String failedSteps = arguments[0];
        TestReport report = new TestReport();
        for (int i = 1; i < arguments.length; i++) {
            if (Files.isRegularFile(Path.of(arguments[i]))) {
                report.read(new File(arguments[i]));
            }
        }
        System.exit(report.print(failedSteps) ? 0 : 1);
    }

    private void read(File file) throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getDocumentElement();
        if (root.getTagName().equals("testsuite")) {
            readSuite(root);
        } else {
            NodeList suites = root.getElementsByTagName("testsuite");
            for (int i = 0; i < suites.getLength(); i++) {
                readSuite((Element) suites.item(i));
            }
        }
    }

    private void readSuite(Element suite) {
        NodeList cases = suite.getElementsByTagName("testcase");
        classes.add(new TestClass(suite.getAttribute("name"), seconds(suite), cases.getLength()));
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            Element problem = first(test, "failure", "error");
            if (problem != null) {
                failed.add(new FailedTest(test.getAttribute("classname") + " " + test.getAttribute("name"), message(problem)));
            } else if (first(test, "skipped") != null) {
                skipped++;
            } else {
                passed++;
            }
        }
    }

    private static Element first(Element test, String... tags) {
        for (String tag : tags) {
            NodeList found = test.getElementsByTagName(tag);
            if (found.getLength() > 0) {
                return (Element) found.item(0);
            }
        }
        return null;
    }

    /** The first lines of the exception without its stack trace, with its type if it has no message. */
    private static String message(Element problem) {
        String text = problem.getAttribute("message");
        if (text.isBlank()) {
            text = problem.getTextContent().strip();
        }
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("at "))
                .limit(MESSAGE_LINES)
                .toList();
        return lines.isEmpty() ? problem.getAttribute("type") : String.join("\n", lines);
    }

    private static double seconds(Element suite) {
        String time = suite.getAttribute("time").replace(",", "");
        return time.isEmpty() ? 0 : Double.parseDouble(time);
    }

    private boolean print(String failedSteps) {
        int shown = Math.min(SLOWEST, classes.size());
        if (shown > 0) {
            System.out.println("Slowest test classes:");
            classes.stream()
                    .sorted(Comparator.comparingDouble(TestClass::seconds).reversed())
                    .limit(shown)
                    .forEach(slow -> System.out.printf(
                            Locale.ROOT, "  %6.1f s  %s (%d tests)%n", slow.seconds(), slow.name(), slow.tests()));
        }
        if (!failed.isEmpty()) {
            System.out.println("Failed tests:");
            for (FailedTest test : failed) {
                System.out.println("  " + test.name());
                test.message().lines().forEach(line -> System.out.println("      " + line));
            }
        }
        // A step that failed without a failing test, such as formatting, counts as one failure.
        List<String> steps = failedSteps.isBlank() ? List.of() : List.of(failedSteps.split(" "));
        int failures = failed.isEmpty() ? steps.size() : failed.size();
        if (passed + failed.size() == 0) {
            System.out.println("No test was run.");
            failures = Math.max(failures, 1);
        }
        if (!steps.isEmpty()) {
            System.out.println("Failed steps: " + String.join(", ", steps));
        }
        System.out.println(passed + " passed, " + failures + " failed" + (skipped > 0 ? ", " + skipped + " skipped" : ""));
        return failures == 0;
    }
}
