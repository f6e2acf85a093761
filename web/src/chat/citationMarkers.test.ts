import { expect, it } from 'vitest';
import type { Citation } from '../api/types';
import { plainText } from './citationMarkers';

it('plainText_showsQuotedCharactersAsTheyAre_andTheTitleOnce', () => {
  const citation = { number: 1, title: 'Travel', headings: ['Travel', 'Receipts'], page: 3 } as Citation;
  expect(plainText('Run \\`x\\` in C:\\dir\\[1\\]. [1]', [citation])).toBe(
    'Run `x` in C:\\dir[1]. [1]\n\n[1] Travel, Receipts, p. 3',
  );
});
