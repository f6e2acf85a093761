import { language } from '../i18n';

/** A point in time as people write it, to the minute. */
export function formatTime(instant: string): string {
  return new Date(instant).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' });
}

export function formatDay(instant: string): string {
  return new Date(instant).toLocaleDateString(language(), { dateStyle: 'medium' });
}
