import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SseParser } from '../api/sse';
import type { Answer } from '../api/types';
import { originNotes } from './answerOrigin';
import { answerEvent } from './events';
import { newTurn, reduce, storedTurn, type Turn } from './turn';

const folder = `${import.meta.dirname}/fixtures/`;

function play(name: string, from: Turn = newTurn('k', 'How many days?')): Turn[] {
  const events = new SseParser().push(readFileSync(`${folder}${name}.sse`, 'utf8'));
  const states = [from];
  for (const event of events) {
    const known = answerEvent(event);
    if (known) states.push(reduce(states.at(-1) as Turn, known));
  }
  return states;
}
const last = (states: Turn[]) => states.at(-1) as Turn;

describe('reduce', () => {
  it('answered_isWrittenPieceByPieceAndEndsWithItsCitations', () => {
    const states = play('answered');
    expect(states.map((state) => state.phase)).toContain('writing');
    const end = last(states);
    expect(end.phase).toBe('done');
    expect(end.question.id).toBe('m1');
    expect(end.messageId).toBe('m2');
    expect(end.text).toBe('Employees receive 28 days of annual leave each year. [1]');
    expect(end.citations.map((citation) => citation.number)).toEqual([1]);
    expect(end.passages).toHaveLength(2);
  });

  it('answered_textOnlyGrowsUntilTheEnd', () => {
    const texts = play('answered').map((state) => state.text);
    texts.reduce((before, after) => {
      expect(after.startsWith(before)).toBe(true);
      return after;
    });
  });

  it('abstained_keepsReasonAndNearestPassages', () => {
    const end = last(play('abstained'));
    expect(end.answer?.reason).toBe('too_weak');
    expect(end.passages).toHaveLength(2);
  });

  it('failed_keepsWhatWasWritten', () => {
    const end = last(play('failed'));
    expect(end.problem?.code).toBe('model_unavailable');
    expect(end.text).toBe('Employees receive 28 days of annual leave each year. [1] They ');
    expect(end.citations.map((citation) => citation.number)).toEqual([1]);
    expect(end.answer?.usage?.outputTokens).toBeGreaterThan(0);
    expect(end.phase).toBe('done');
  });

  it('citations_withWarnings_areCountedByDocument', () => {
    const { answer } = last(play('answered'));
    expect(originNotes(answer)).toEqual([]);
    const warning = { code: 'file_missing', since: '2026-11-20T08:30:00Z', detail: 'It is missing.' };
    const citations = [1, 2].flatMap((number) =>
      (answer as Answer).citations.map((citation) => ({ ...citation, number, warning })),
    );
    expect(originNotes({ ...(answer as Answer), citations })).toEqual(['One source is perhaps not up to date.']);
  });

  it('fallback_saysThatQuotationSteppedIn', () => {
    const end = last(play('fallback'));
    expect(end.answer?.fallback).toEqual({ from: 'scripted:one', reason: 'model_unavailable' });
    expect(originNotes(end.answer)).toEqual(['Answered by quotation, since the model could not be reached.']);
  });

  it('truncated_saysWhyItIsCutOff', () => {
    const end = last(play('truncated'));
    expect(end.answer?.plainText).toContain('Version 10.2.1 of the **agreement');
    expect(originNotes(end.answer)).toEqual(['The answer was cut off: the model reached its length limit.']);
  });

  it('originNotes_ofAnotherModelAndUnknownReasons', () => {
    const whole = last(play('answered')).answer as Answer;
    expect(originNotes(undefined)).toEqual([]);
    expect(originNotes(whole)).toEqual([]);
    const other = { ...whole, fallback: { from: 'a:b', reason: 'novelty' }, truncated: 'novelty' };
    expect(originNotes(other)).toEqual([
      'Answered by scripted:one, since the model did not answer.',
      'The answer was cut off: the model stopped early.',
    ]);
  });

  it('unsupported_offsetsLieInTheText', () => {
    const end = last(play('unsupported'));
    const [mark] = end.unsupported;
    expect(end.text.slice(mark?.start, mark?.end)).toBe('They must ask Ms Duval first.');
  });

  it('replayFromTheStart_isTheSameAsOnePass', () => {
    const once = last(play('answered'));
    const half = play('answered')[4] as Turn;
    expect(last(play('answered', half))).toEqual(once);
  });

  it('everyFixture_endsAndIsUnderstoodWhole', () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.sse'))) {
      const events = new SseParser().push(readFileSync(folder + file, 'utf8'));
      expect(events.map(answerEvent), file).not.toContain(undefined);
      expect(last(play(file.replace('.sse', ''))).phase, file).toBe('done');
    }
  });

  it('doesNotChangeItsArgument', () => {
    const before = Object.freeze(newTurn('k', 'q'));
    expect(() => reduce(before, { name: 'delta', data: { text: 'x' } })).not.toThrow();
  });
});

describe('keptTurn', () => {
  const question = { id: 'q', role: 'question' as const, content: 'Why?', createdAt: '2026-01-01T00:00:00Z' };

  it('withoutAnswer_isStillBeingWritten', () => {
    const turn = storedTurn(question, { id: 'a', role: 'answer', questionId: 'q', createdAt: '2026-01-01T00:00:01Z' });
    expect(turn.phase).toBe('searching');
    expect(turn.messageId).toBe('a');
  });

  it('filterOfTheQuestion_isKept_andNoneIsNone', () => {
    const filter = { all: [{ field: 'tags', equals: 'contract' }] };
    expect(storedTurn({ ...question, filter }, undefined).question).toEqual({ id: 'q', content: 'Why?', filter });
    expect(storedTurn({ ...question, filter: { all: [] } }, undefined).question).not.toHaveProperty('filter');
  });

  it('withoutAnswerMessage_isInterrupted', () => {
    expect(storedTurn(question, undefined).problem?.code).toBe('interrupted');
  });
});

describe('answerEvent', () => {
  it('unknownOrBroken_isUndefined', () => {
    expect(answerEvent({ id: '1', event: 'novelty', data: '{}' })).toBeUndefined();
    expect(answerEvent({ id: '1', event: 'delta', data: '{' })).toBeUndefined();
    expect(answerEvent({ id: '1', event: 'delta', data: '{"text":1}' })).toBeUndefined();
    expect(answerEvent({ id: '1', event: 'toString', data: '{}' })).toBeUndefined();
  });
});
