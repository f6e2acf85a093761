package dev.lectern.index.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Sends responses or errors with the gRPC codes and message prefixes of Qdrant 1.18. */
final class GrpcErrorResponder {
    private GrpcErrorResponder() {}

    static StatusRuntimeException wrongInput(String text) {
        return Status.INVALID_ARGUMENT.withDescription("Wrong input: " + text).asRuntimeException();
    }

    static StatusRuntimeException badRequest(String text) {
        return Status.INVALID_ARGUMENT.withDescription("Bad request: " + text).asRuntimeException();
    }

    static StatusRuntimeException missing(String collection) {
        return Status.NOT_FOUND
                .withDescription("Not found: Collection `" + collection + "` doesn't exist!")
                .asRuntimeException();
    }

    static StatusRuntimeException exists(String collection) {
        return Status.ALREADY_EXISTS
                .withDescription("Wrong input: Collection `" + collection + "` already exists!")
                .asRuntimeException();
    }

    static void requireInput(boolean condition, String text) {
        if (!condition) {
            throw wrongInput(text);
        }
    }

    static <T> void answer(StreamObserver<T> observer, Supplier<T> answer) {
        try {
            T value = answer.get();
            observer.onNext(value);
            observer.onCompleted();
        } catch (StatusRuntimeException refused) {
            observer.onError(refused);
        }
    }
}
