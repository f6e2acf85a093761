import type { AuditEntry } from '../api/audit';
import { t } from '../i18n/administration';
import { administration } from '../i18n/en.administration';

const PREFIX = 'audit.action.';
type ActionKey = Extract<keyof typeof administration, `audit.action.${string}`>;

/** The actions that have words, as the server names them. */
export const AUDIT_ACTIONS: readonly string[] = Object.keys(administration)
  .filter((key) => key.startsWith(PREFIX))
  .map((key) => key.slice(PREFIX.length));

/** What was done; an action of a newer server as it is named. */
export function actionWords(action: string): string {
  const key = `${PREFIX}${action}`;
  return Object.hasOwn(administration, key) ? t(key as ActionKey) : action;
}

/** Who did it: the name of then, else kind and id. */
export function callerWords({ caller, callerName }: AuditEntry): string {
  return callerName || caller || t('audit.nobody');
}

/** Those who did something, each with the newest name. */
export function callersOf(entries: readonly AuditEntry[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of entries)
    if (entry.caller && !found.has(entry.caller)) found.set(entry.caller, callerWords(entry));
  return found;
}

export function detailWords({ details }: AuditEntry): string[] {
  return Object.entries(details ?? {}).map(([name, value]) => t('audit.detail', { name, value }));
}

/** Two days of the reader's calendar as points in time: from the start of the first to the end of the last. Empty ones do not restrict. */
export function dayRange(first: string, last: string): { since?: string; until?: string } {
  const start = first ? new Date(`${first}T00:00`) : undefined;
  const end = last ? new Date(`${last}T00:00`) : undefined;
  end?.setDate(end.getDate() + 1);
  return { ...(start ? { since: start.toISOString() } : {}), ...(end ? { until: end.toISOString() } : {}) };
}
