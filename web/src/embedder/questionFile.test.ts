import { describe, expect, it } from 'vitest';
import { MAX_QUESTIONS, readQuestions } from './questionFile';

const LINE = '{"question": "How long is the warranty?", "documents": ["handbook.pdf"]}';

describe('readQuestions', () => {
  it('linesWithQuestions_areRead_andEmptyOnesDoNotMatter', () => {
    const text = `\uFEFF${LINE}\r\n\r\n  \n{"question": "Who?", "documents": ["a", "b"], "more": 1}\n`;
    expect(readQuestions(text)).toEqual({
      questions: [
        { question: 'How long is the warranty?', documents: ['handbook.pdf'] },
        { question: 'Who?', documents: ['a', 'b'] },
      ],
    });
  });

  it('lineThatIsNotJson_isNamed', () => {
    expect(readQuestions(`${LINE}\n\nHow long is the warranty?\n`)).toEqual({ wrong: 'notJson', line: 3 });
  });

  it.each([
    ['[]'],
    ['null'],
    ['{"question": 1, "documents": ["a"]}'],
    ['{"question": " ", "documents": ["a"]}'],
    ['{"question": "Who?"}'],
    ['{"question": "Who?", "documents": "a"}'],
    ['{"question": "Who?", "documents": []}'],
    ['{"question": "Who?", "documents": ["a", ""]}'],
    ['{"question": "Who?", "documents": [1]}'],
  ])('lineWithoutQuestionOrDocuments_isNamed: %s', (line) => {
    expect(readQuestions(`${LINE}\n${line}`)).toEqual({ wrong: 'shape', line: 2 });
  });

  it('noneAndTooMany_areRefused', () => {
    expect(readQuestions(' \n\n')).toEqual({ wrong: 'empty' });
    expect(readQuestions(`${LINE}\n`.repeat(MAX_QUESTIONS + 1))).toEqual({ wrong: 'many' });
    expect(readQuestions(`${LINE}\n`.repeat(MAX_QUESTIONS))).toHaveProperty('questions.length', MAX_QUESTIONS);
  });
});
