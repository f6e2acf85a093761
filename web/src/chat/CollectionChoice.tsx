import { useState } from 'preact/hooks';
import { askedCollections, askOnly, collections, several } from '../documents/collections';
import { t } from '../i18n';
import { lazy } from '../ui/lazy';
import { conversation } from './conversation';

const CollectionsDialog = lazy(() => import('./CollectionsDialog').then((module) => module.CollectionsDialog), null);
/** Options that are no collection; ids have no such characters. */
const CHOSEN = '*chosen';
const CHOOSE = '*choose';

/** What a new conversation searches; later it stays as it is. */
export function CollectionChoice() {
  const [choosing, setChoosing] = useState(false);
  const all = collections.value;
  if (all.length < 2) return null;
  const open = conversation.value;
  if (open) {
    const names = all.filter((item) => open.collections?.includes(item.id)).map((item) => item.name);
    return <span class="composer-choice muted small">{names.length ? names.join(', ') : t('composer.all')}</span>;
  }
  const asked = askedCollections();
  const value = several.value.length ? CHOSEN : (asked[0] ?? '');
  return (
    <>
      <select
        class="composer-choice quiet-select"
        aria-label={t('composer.collections')}
        value={value}
        onChange={(event) => {
          const { value: id } = event.currentTarget;
          if (id !== CHOOSE) return askOnly(id);
          // The question is asked to them when they are applied.
          event.currentTarget.value = value;
          setChoosing(true);
        }}
      >
        <option value="">{t('composer.all')}</option>
        {several.value.length ? <option value={CHOSEN}>{t('composer.several', { n: asked.length })}</option> : null}
        {all.map((item) => (
          <option key={item.id} value={item.id}>
            {item.name}
          </option>
        ))}
        {all.length > 2 ? <option value={CHOOSE}>{t('composer.choose')}</option> : null}
      </select>
      {choosing ? <CollectionsDialog onClose={() => setChoosing(false)} /> : null}
    </>
  );
}
