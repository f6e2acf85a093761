import { expect, it } from 'vitest';
import type { ReembeddingStatus } from '../api/embedders';
import { actionsOf, isFinished, isInProgress } from './reembeddingActions';

it.each([
  ['building', ['abandon']],
  ['ready', ['compare', 'switch', 'abandon']],
  ['switching', []],
  ['switched', ['compare', 'rollBack', 'drop']],
  ['rolling_back', []],
  ['failed', ['resume', 'abandon']],
  ['cancelling', []],
  ['cancelled', []],
  ['dropping', []],
  ['done', []],
] as const satisfies [ReembeddingStatus, readonly string[]][])('%s_offersWhatTheServerTakes', (status, actions) => {
  expect(actionsOf(status)).toEqual(actions);
  // Whoever is not offered anything waits for the work, or begins another one.
  if (!actions.length) expect(isInProgress(status) || isFinished(status)).toBe(true);
});
