// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { costWords, cutWords, priceOf } from './estimate';

const FOUND = { texts: 10, missing: 10, tokens: 1000, cut: 0 };

describe('priceOf', () => {
  it('numbersWithPointOrComma_areRead', () => {
    expect([' 0.15 ', '0,15', '.5', '2'].map(priceOf)).toEqual([0.15, 0.15, 0.5, 2]);
    expect(priceOf('  ')).toBeUndefined();
  });

  it.each(['a', '-1', '1.2.3', '1e3', '1,000.00', '.'])('%s_isNoPrice', (text) => {
    expect(priceOf(text)).toBeNaN();
  });
});

describe('words', () => {
  it('cost_isASum_orWhyThereIsNone', () => {
    expect(costWords('gemini:x', { ...FOUND, cost: 1.4719 })).toBe('$1.47');
    expect(costWords('gemini:x', { ...FOUND, cost: 0.0021 })).toBe('$0.0021');
    expect(costWords('gemini:x', { ...FOUND, cost: null })).toContain('Unknown');
    expect(costWords('onnx:/models/x', { ...FOUND, cost: 0 })).toContain('the model runs on the server');
    expect(costWords('gemini:x', { ...FOUND, missing: 0, cost: null })).toBe('None');
  });

  it('cut_isAShare', () => {
    expect(cutWords({ ...FOUND, cut: 0 })).toBe('None');
    expect(cutWords({ ...FOUND, cut: 0.034 })).toBe('3% of them; the text beyond the limit is not embedded');
    expect(cutWords({ ...FOUND, cut: 0.004 })).toBe('0.4% of them; the text beyond the limit is not embedded');
  });
});
