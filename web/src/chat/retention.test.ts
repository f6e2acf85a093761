import { expect, it } from 'vitest';
import type { Conversation } from '../api/types';
import { retentionText, used } from './retention';

const conversation = (days?: number): Conversation => ({
  id: 'c',
  title: '',
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T12:00:00.5Z',
  ...(days === undefined
    ? {}
    : { expiresAt: new Date(Date.parse('2026-11-01T12:00:00.5Z') + days * 86_400_000).toISOString() }),
});

it('retention_isSaidInDays_orAsTheShortest', () => {
  expect(retentionText([])).toBeUndefined();
  expect(retentionText([conversation()])).toBeUndefined();
  expect(retentionText([conversation(1)])).toBe('Conversations are deleted one day after the last question.');
  expect(retentionText([conversation(30), conversation(30)])).toBe(
    'Conversations are deleted 30 days after the last question.',
  );
  const shortest = 'Conversations are deleted 7 days after the last question or later, depending on what they ask.';
  expect(retentionText([conversation(30), conversation(7)])).toBe(shortest);
  expect(retentionText([conversation(), conversation(7)])).toBe(shortest);
});

it('anotherQuestion_movesTheEnd', () => {
  const now = new Date('2026-11-20T00:00:00Z');
  expect(used(conversation(7), now).expiresAt).toBe('2026-11-27T00:00:00.000Z');
  expect(used(conversation(), now)).toEqual({ ...conversation(), updatedAt: '2026-11-20T00:00:00.000Z' });
});
