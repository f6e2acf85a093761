package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.parsing.ParserMessageCodec.Request;
import dev.lectern.ingestion.parsing.formats.DocumentReader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.SynchronousQueue;

/**
 * Main class of the parser process. It reads requests from its input, answers on its output, and ends when its input ends,
 * that is with the server. It does not start Spring.
 */
final class ParserProcessMain {
    /** For readers that descend by recursion; a document that needs more is rejected. */
    private static final long STACK = 16L << 20;

    private ParserProcessMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
        // Libraries print; the pipe is only for answers.
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        NetworkBlocker.install();

        SynchronousQueue<Request> requests = new SynchronousQueue<>();
        Thread worker = new Thread(null, () -> work(requests, out), "parser", STACK);
        worker.setDaemon(true);
        worker.start();
        listen(in, requests);
        Runtime.getRuntime().halt(0);
    }

    /** Waits for the next request also during work, so that it notices the end of the input at once. */
    private static void listen(InputStream in, SynchronousQueue<Request> requests) throws InterruptedException {
        try {
            while (true) {
                requests.put(ParserMessageCodec.readRequest(in));
            }
        } catch (IOException e) {
            // The server has ended, or sent something that is not a request.
        }
    }

    private static void work(SynchronousQueue<Request> requests, OutputStream out) {
        try {
            DocumentReader reader = new DocumentReader();
            ParserMessageCodec.write(new ParseOutcome.Rejected(RejectionCode.EMPTY, "ready"), out);
            while (true) {
                Request request = requests.take();
                ParserMessageCodec.write(reader.read(request.file(), request.name(), request.limits()), out);
            }
        } catch (IOException | InterruptedException e) {
            Runtime.getRuntime().halt(1);
        } catch (RuntimeException | Error e) {
            e.printStackTrace(System.err);
            Runtime.getRuntime().halt(2);
        }
    }
}
