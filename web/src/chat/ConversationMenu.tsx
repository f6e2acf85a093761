import { useState } from 'preact/hooks';
import { exportAddress } from '../api/conversations';
import { type ApiError, asApiError } from '../api/problem';
import type { Conversation } from '../api/types';
import { t } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { FailedNote } from '../ui/ErrorNote';
import { Menu } from '../ui/Menu';
import { notify } from '../ui/notifications';
import { go } from '../ui/router';
import { conversation } from './conversation';
import { remove, rename } from './history';

/** Rename, export and delete. */
export function ConversationMenu({ item }: { item: Conversation }) {
  const [dialog, setDialog] = useState<'rename' | 'delete' | undefined>();
  const title = item.title || t('history.untitled');
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu
        label={t('history.actions', { title })}
        items={[
          { icon: 'edit', label: t('conversation.rename'), onSelect: () => setDialog('rename') },
          {
            icon: 'download',
            label: t('conversation.exportMarkdown'),
            href: exportAddress(item.id, 'markdown'),
            download: true,
          },
          {
            icon: 'download',
            label: t('conversation.exportJson'),
            href: exportAddress(item.id, 'json'),
            download: true,
          },
          { icon: 'trash', label: t('conversation.delete'), danger: true, onSelect: () => setDialog('delete') },
        ]}
      />
      {dialog === 'rename' ? <RenameDialog item={item} onClose={close} /> : null}
      {dialog === 'delete' ? <DeleteDialog item={item} title={title} onClose={close} /> : null}
    </>
  );
}

/** Does it, says so and closes; stays open with the reason when it did not work. */
function useDoing(onClose: () => void) {
  const [error, setError] = useState<ApiError | undefined>();
  const [busy, setBusy] = useState(false);
  const run = async (action: () => Promise<void>, done: string) => {
    setBusy(true);
    setError(undefined);
    try {
      await action();
      notify(done);
      onClose();
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };
  return { error, busy, run };
}

function RenameDialog({ item, onClose }: { item: Conversation; onClose: () => void }) {
  const { error, busy, run } = useDoing(onClose);
  const [title, setTitle] = useState(item.title);
  const submit = (event: Event) => {
    event.preventDefault();
    if (title.trim()) void run(() => rename(item.id, title.trim()), t('conversation.renamed'));
  };
  return (
    <Dialog title={t('conversation.rename')} onClose={onClose}>
      <form onSubmit={submit}>
        <label class="field">
          <span>{t('conversation.title')}</span>
          <input
            type="text"
            maxLength={200}
            required
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        {error ? <FailedNote error={error} /> : null}
        <div class="dialog-actions">
          <button type="button" onClick={onClose}>
            {t('conversation.cancel')}
          </button>
          <button type="submit" class="primary" disabled={busy}>
            {t('conversation.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function DeleteDialog({ item, title, onClose }: { item: Conversation; title: string; onClose: () => void }) {
  const { error, busy, run } = useDoing(onClose);
  const erase = async () => {
    const open = conversation.value?.id === item.id;
    await remove(item.id);
    if (open) go({ page: 'home' }, true);
  };
  return (
    <Dialog title={t('conversation.deleteAsk', { title })} onClose={onClose}>
      <p>{t('conversation.deleteText')}</p>
      {error ? <FailedNote error={error} /> : null}
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          {t('conversation.cancel')}
        </button>
        <button
          type="button"
          class="primary danger"
          disabled={busy}
          onClick={() => void run(erase, t('conversation.deleted'))}
        >
          {t('conversation.deleteDo')}
        </button>
      </div>
    </Dialog>
  );
}
