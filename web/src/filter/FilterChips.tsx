import type { SearchFilter } from '../api/types';
import { t } from '../i18n';
import { Icon } from '../ui/Icon';
import { conditionWords, withoutCondition } from './filter';

interface Props {
  filter: SearchFilter;
  /** Takes the filter without the condition whose chip was removed. */
  onChange: (filter: SearchFilter) => void;
}

/** The conditions of a filter, each of which can be removed. */
export function FilterChips({ filter, onChange }: Props) {
  return (
    <ul class="filter-chips" aria-label={t('filter.active')}>
      {filter.all.map((condition, index) => {
        const words = conditionWords(condition);
        return (
          <li key={`${index}${words}`}>
            <span dir="auto" title={words}>
              {words}
            </span>
            <button
              type="button"
              aria-label={t('filter.remove', { condition: words })}
              title={t('filter.remove', { condition: words })}
              onClick={() => onChange(withoutCondition(filter, index))}
            >
              <Icon name="close" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
