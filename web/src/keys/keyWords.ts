import type { ApiKey } from '../api/keys';
import { t } from '../i18n/accounts';
import { formatDay } from '../ui/times';

/** @param now milliseconds */
export function expiryWords({ expiresAt }: ApiKey, now: number): string {
  if (!expiresAt) return t('apiKeys.neverExpires');
  return t(Date.parse(expiresAt) <= now ? 'apiKeys.expired' : 'apiKeys.expires', { time: formatDay(expiresAt) });
}

/** Days after which a new key may expire; empty for never. */
export const EXPIRIES = ['30', '90', '365', ''] as const;

/** @param now milliseconds */
export function expiryOf(days: string, now: number): string | undefined {
  return days ? new Date(now + Number(days) * 86_400_000).toISOString() : undefined;
}
