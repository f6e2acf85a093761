import type { MoveStatus } from '../api/embedders';

export type Offer = 'compare' | 'switch' | 'rollBack' | 'goOn' | 'drop' | 'giveUp';

const OFFERS: Record<MoveStatus, readonly Offer[]> = {
  building: ['giveUp'],
  ready: ['compare', 'switch', 'giveUp'],
  switching: [],
  switched: ['compare', 'rollBack', 'drop'],
  rolling_back: [],
  failed: ['goOn', 'giveUp'],
  cancelling: [],
  cancelled: [],
  dropping: [],
  done: [],
};

const AT_WORK = new Set<MoveStatus>(['building', 'switching', 'rolling_back', 'cancelling', 'dropping']);

/** What can be done with a move, in the order in which it is shown. */
export const offersOf = (status: MoveStatus): readonly Offer[] => OFFERS[status];

/** Whether it goes on by itself. */
export const isAtWork = (status: MoveStatus): boolean => AT_WORK.has(status);

/** Whether nothing can come of it any more, so that another one can begin. */
export const isOver = (status: MoveStatus): boolean => status === 'cancelled' || status === 'done';
