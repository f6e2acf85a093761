import { useState } from 'preact/hooks';
import { keepConversations } from '../api/library';
import type { Collection } from '../api/types';
import { loadCollections } from '../documents/collections';
import { t } from '../i18n/collections';
import { Dialog } from '../ui/Dialog';
import { Field, Form } from '../ui/Form';
import { notify } from '../ui/notifications';

/** For how many days conversations that ask a collection are kept; empty for as long as the server keeps others. */
export function RetentionDialog({ collection, onClose }: { collection: Collection; onClose: () => void }) {
  const [days, setDays] = useState(`${collection.conversationsKeptDays ?? ''}`);
  return (
    <Dialog title={t('collection.keep')} onClose={onClose}>
      <Form
        onSubmit={async () => {
          await keepConversations(collection.id, days.trim() ? Number(days) : null);
          await loadCollections(true);
          notify(t('collection.kept'));
          onClose();
        }}
        action={{ rest: t('conversation.save'), busy: t('conversation.save') }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
      >
        <Field
          label={t('collection.keepDays')}
          value={days}
          onInput={setDays}
          type="number"
          inputMode="numeric"
          hint={t('collection.keepHint')}
          autocomplete="off"
          focus
        />
      </Form>
    </Dialog>
  );
}
