import { useState } from 'preact/hooks';
import { askedCollections, askThese, collections, MAX_ASKED } from '../documents/collections';
import { toggled } from '../filter/draft';
import { t } from '../i18n';
import { Dialog } from '../ui/Dialog';
import '../filter/filter.css';

/** Chooses the collections that a new conversation asks. */
export function CollectionsDialog({ onClose }: { onClose: () => void }) {
  const [ids, setIds] = useState<string[]>(askedCollections);
  const fault = ids.length === 0 || ids.length > MAX_ASKED;
  return (
    <Dialog title={t('composer.choose')} onClose={onClose}>
      <form
        class="filter-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (fault) return;
          askThese(ids);
          onClose();
        }}
      >
        <fieldset class="plain-set filter-fields">
          <legend class="off-screen">{t('composer.collections')}</legend>
          {collections.value.map(({ id, name, documents }) => (
            <label key={id} class="filter-value">
              <input type="checkbox" checked={ids.includes(id)} onChange={() => setIds(toggled(ids, id))} />
              <span dir="auto">{name}</span>
              {documents === undefined ? null : (
                <span class="muted small">{t('documents.count', { n: documents })}</span>
              )}
            </label>
          ))}
        </fieldset>
        {fault ? (
          <p class="muted small" role="status">
            {t('composer.chooseSome', { n: MAX_ASKED })}
          </p>
        ) : null}
        <div class="dialog-actions">
          <button type="button" onClick={onClose}>
            {t('conversation.cancel')}
          </button>
          <button type="submit" class="primary" aria-disabled={fault}>
            {t('filter.apply')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
