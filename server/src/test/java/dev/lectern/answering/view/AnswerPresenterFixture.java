package dev.lectern.answering.view;

import dev.lectern.answering.FakeLibrary;

/** The package's parts over a library in memory. */
public final class AnswerPresenterFixture {
    private AnswerPresenterFixture() {}

    public static AnswerPresenter presenter(FakeLibrary library) {
        return new AnswerPresenter(library, library, library, library);
    }
}
