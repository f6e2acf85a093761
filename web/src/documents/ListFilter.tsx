import { useState } from 'preact/hooks';
import { FilterChips } from '../filter/FilterChips';
import { isRestricting } from '../filter/filter';
import { t } from '../i18n';
import { IconButton } from '../ui/Icon';
import { lazy } from '../ui/lazy';
import { current } from './collections';
import { filter, setFilter } from './list';

const FilterDialog = lazy(() => import('../filter/FilterDialog').then((module) => module.FilterDialog), null);

/** Opens the choice of the documents that are listed. */
export function ListFilterButton() {
  const [open, setOpen] = useState(false);
  const id = current.value?.id;
  const { conditions } = filter.value;
  return (
    <>
      <IconButton
        class={isRestricting(conditions) ? 'filter-button on' : 'filter-button'}
        icon="filter"
        label={t('documents.filter')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      />
      {open && id ? (
        <FilterDialog
          collections={async () => [id]}
          filter={conditions}
          words={{
            title: t('documents.filter'),
            text: t('documents.filterText'),
            removeAll: t('documents.clear'),
          }}
          onApply={(chosen) => setFilter({ conditions: chosen })}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

/** The conditions of the list, each of which can be removed. */
export function ListFilterChips() {
  const { conditions } = filter.value;
  return isRestricting(conditions) ? (
    <FilterChips filter={conditions} onChange={(chosen) => setFilter({ conditions: chosen })} />
  ) : null;
}
