import type { Conversation } from '../api/types';
import { t } from '../i18n';

const DAY = 86_400_000;

/** For how many days after the last question each conversation is kept; undefined without an end. */
function daysOf({ updatedAt, expiresAt }: Conversation): number | undefined {
  return expiresAt ? Math.round((Date.parse(expiresAt) - Date.parse(updatedAt)) / DAY) : undefined;
}

/** How long the listed conversations are kept; undefined if all are kept without an end. */
export function retentionText(items: readonly Conversation[]): string | undefined {
  const periods = new Set(items.map(daysOf));
  const days = [...periods].filter((period) => period !== undefined);
  if (!days.length) return undefined;
  return t(periods.size === 1 ? 'history.kept' : 'history.keptAtLeast', { n: Math.min(...days) });
}

/** A conversation in which a question was asked at that time. */
export function used(item: Conversation, now: Date): Conversation {
  const days = daysOf(item);
  return {
    ...item,
    updatedAt: now.toISOString(),
    ...(days === undefined ? {} : { expiresAt: new Date(now.getTime() + days * DAY).toISOString() }),
  };
}
