import { t } from '../i18n';

/** How long something will take still, rounded so that it does not jump; empty when that is not known. */
export function formatRemainingTime(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const time =
    seconds < 55
      ? t('time.seconds', { n: Math.max(5, Math.ceil(seconds / 5) * 5) })
      : seconds < 3300
        ? t('time.minutes', { n: Math.round(seconds / 60) })
        : t('time.hours', { n: Math.round(seconds / 3600) });
  return t('upload.remaining', { time });
}
