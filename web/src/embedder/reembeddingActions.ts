import type { ReembeddingStatus } from '../api/embedders';

export type ReembeddingAction = 'compare' | 'switch' | 'rollBack' | 'resume' | 'drop' | 'abandon';

const OFFERS: Record<ReembeddingStatus, readonly ReembeddingAction[]> = {
  building: ['abandon'],
  ready: ['compare', 'switch', 'abandon'],
  switching: [],
  switched: ['compare', 'rollBack', 'drop'],
  rolling_back: [],
  failed: ['resume', 'abandon'],
  cancelling: [],
  cancelled: [],
  dropping: [],
  done: [],
};

const AT_WORK = new Set<ReembeddingStatus>(['building', 'switching', 'rolling_back', 'cancelling', 'dropping']);

/** What can be done with a reembedding, in the order in which it is shown. */
export const actionsOf = (status: ReembeddingStatus): readonly ReembeddingAction[] => OFFERS[status];

/** Whether it goes on by itself. */
export const isInProgress = (status: ReembeddingStatus): boolean => AT_WORK.has(status);

/** Whether nothing can come of it any more, so that another one can begin. */
export const isFinished = (status: ReembeddingStatus): boolean => status === 'cancelled' || status === 'done';
