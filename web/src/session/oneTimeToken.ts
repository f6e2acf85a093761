import type { ApiError } from '../api/problem';
import type { Problem } from '../api/types';

/** What follows the # of a one-time link. It stays in the address until it is used, so that the page can be loaded again; browsers send it to nobody. */
export function oneTimeToken(): string {
  return location.hash.slice(1);
}

const INVALID = new Set(['gone', 'not_found']);

/** @param invalid what to do when the link does not work any more, in the reader's language */
export function linkRefusal({ code, problem }: ApiError, invalid: string): Problem {
  return INVALID.has(code) ? { ...problem, detail: invalid } : problem;
}
