import { describe, expect, it } from 'vitest';
import { addProgressMark, type Mark, remaining } from './progressRate';

const after = (...steps: [at: number, done: number][]) =>
  steps.reduce<readonly Mark[]>((marks, [at, done]) => addProgressMark(marks, done, at), []);

describe('remaining', () => {
  it('atAnEvenPace_isWhatIsLeft', () => {
    expect(remaining(after([0, 0], [2000, 20], [4000, 40]), 100, 4000)).toBeCloseTo(6);
  });

  it('progressInSteps_countsDownBetweenThem', () => {
    const marks = after([0, 0], [2000, 0], [10_000, 256], [12_000, 256], [14_000, 256]);
    expect(remaining(marks, 1024, 10_000)).toBeCloseTo(30);
    expect(remaining(marks, 1024, 14_000)).toBeCloseTo(26);
  });

  it('onlyTheLastWhile_counts', () => {
    const marks = after([0, 0], [50_000, 10], [100_000, 20], [110_000, 120], [120_000, 220]);
    expect(marks[0]).toEqual({ at: 100_000, done: 20 });
    expect(remaining(marks, 320, 120_000)).toBeCloseTo(10);
  });

  it('afterALongAbsence_theWholeOfItCounts', () => {
    expect(remaining(after([0, 0], [600_000, 600]), 1200, 600_000)).toBeCloseTo(600);
  });

  it('unknownAtTheBeginning_atTheEnd_andWhenItStands', () => {
    expect(remaining([], 100, 0)).toBeUndefined();
    expect(remaining(after([0, 10]), 100, 0)).toBeUndefined();
    expect(remaining(after([0, 0], [1000, 100]), 100, 1000)).toBeUndefined();
    expect(remaining(after([0, 0], [1000, 50]), 100, 60_000)).toBeUndefined();
  });

  it('begunAnew_startsAgain', () => {
    expect(after([0, 0], [1000, 50], [2000, 10])).toEqual([{ at: 2000, done: 10 }]);
  });
});
