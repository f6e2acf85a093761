import { expect, it } from 'vitest';
import type { MoveStatus } from '../api/embedders';
import { isAtWork, isOver, offersOf } from './offers';

it.each([
  ['building', ['giveUp']],
  ['ready', ['compare', 'switch', 'giveUp']],
  ['switching', []],
  ['switched', ['compare', 'rollBack', 'drop']],
  ['rolling_back', []],
  ['failed', ['goOn', 'giveUp']],
  ['cancelling', []],
  ['cancelled', []],
  ['dropping', []],
  ['done', []],
] as const satisfies [MoveStatus, readonly string[]][])('%s_offersWhatTheServerTakes', (status, offers) => {
  expect(offersOf(status)).toEqual(offers);
  // Whoever is not offered anything waits for the work, or begins another one.
  if (!offers.length) expect(isAtWork(status) || isOver(status)).toBe(true);
});
