import { useEffect, useState } from 'preact/hooks';
import type { SearchFilter } from '../api/types';
import { t } from '../i18n';
import { countPassing } from './fields';

/** A choice is often followed by another one. */
const PAUSE = 300;

interface Props {
  /** Finds the ids of the collections that are asked. Rejects with an ApiError. */
  collections: () => Promise<string[]>;
  /** With at least one condition. */
  filter: SearchFilter;
}

/** How many documents pass the filter. It is a help only: what cannot be counted is not shown, and the filter can be applied all the same. */
export function PassingCount({ collections, filter }: Props) {
  const [passing, setPassing] = useState<number>();
  const key = JSON.stringify(filter);
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const counted = await countPassing(await collections(), filter, controller.signal);
        if (!controller.signal.aborted) setPassing(counted);
      } catch {
        if (!controller.signal.aborted) setPassing(undefined);
      }
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key]);
  return (
    <p class="muted small" role="status">
      {passing === undefined ? '\u00a0' : passing ? t('filter.passing', { n: passing }) : t('filter.passingNone')}
    </p>
  );
}
