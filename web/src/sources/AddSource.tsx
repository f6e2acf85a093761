import { addSource } from '../api/sources';
import { t } from '../i18n/administration';
import { OneFieldForm } from '../operator/OneFieldForm';
import { notify } from '../ui/notifications';
import { act } from './sources';

/** Asks for a folder of the server's machine and adds it to the collection. */
export function AddSource({ collection }: { collection: string }) {
  return (
    <OneFieldForm
      type="text"
      label={t('sources.path')}
      hint={t('sources.pathHint')}
      action={{ rest: t('sources.add'), busy: t('sources.adding') }}
      onSubmit={async (path) => {
        await act(collection, (key) => addSource(key, collection, path));
        notify(t('sources.added', { path }));
      }}
    />
  );
}
