import { useState } from 'preact/hooks';
import { createCollection, deleteCollection, renameCollection } from '../api/library';
import type { Collection } from '../api/types';
import { choose, loadCollections } from '../documents/collections';
import { t } from '../i18n/collections';
import { session } from '../session/session';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Dialog } from '../ui/Dialog';
import { Field, Form } from '../ui/Form';
import { lazy } from '../ui/lazy';
import { Menu, type MenuItem } from '../ui/Menu';
import { notify } from '../ui/notifications';
import { canCreate, canManage } from './permissions';
import { RetentionDialog } from './RetentionDialog';

const AccessDialog = lazy(() => import('./AccessDialog').then((module) => module.AccessDialog), null);

/** The collection that is always there. */
const PERMANENT = 'default';

type Shown = 'create' | 'rename' | 'keep' | 'access' | 'delete';

/** What can be done with the collection whose documents are shown, and a new one. Nothing where the reader may do nothing. */
export function CollectionMenu({ collection }: { collection: Collection | undefined }) {
  const [shown, setShown] = useState<Shown>();
  const close = () => setShown(undefined);
  const managed = collection && canManage(collection) ? collection : undefined;
  const items: MenuItem[] = [
    ...(canCreate()
      ? [{ icon: 'plus', label: t('collection.create'), onSelect: () => setShown('create') } as const]
      : []),
    ...(managed ? [{ icon: 'edit', label: t('collection.rename'), onSelect: () => setShown('rename') } as const] : []),
    ...(managed ? [{ icon: 'chat', label: t('collection.keep'), onSelect: () => setShown('keep') } as const] : []),
    ...(managed && session.value
      ? [{ icon: 'people', label: t('collection.access'), onSelect: () => setShown('access') } as const]
      : []),
    ...(managed && managed.id !== PERMANENT
      ? [
          {
            icon: 'trash',
            label: t('collection.delete'),
            danger: true,
            onSelect: () => setShown('delete'),
          } as const,
        ]
      : []),
  ];
  if (!items.length) return null;
  return (
    <>
      <Menu label={t('collection.actions')} items={items} />
      {shown === 'create' ? (
        <NameDialog
          title={t('collection.create')}
          name=""
          action={{ rest: t('collection.createDo'), busy: t('collection.creating') }}
          onClose={close}
          onName={async (name) => {
            const created = await createCollection(name);
            await loadCollections(true);
            choose(created.id);
            notify(t('collection.created'));
            close();
          }}
        />
      ) : null}
      {managed && shown === 'rename' ? (
        <NameDialog
          title={t('collection.rename')}
          name={managed.name}
          action={{ rest: t('conversation.save'), busy: t('conversation.save') }}
          onClose={close}
          onName={async (name) => {
            await renameCollection(managed.id, name);
            await loadCollections(true);
            notify(t('collection.renamed'));
            close();
          }}
        />
      ) : null}
      {managed && shown === 'keep' ? <RetentionDialog collection={managed} onClose={close} /> : null}
      {managed && shown === 'access' ? <AccessDialog collection={managed} onClose={close} /> : null}
      {managed && shown === 'delete' ? (
        <ConfirmDialog
          title={t('collection.deleteAsk', { name: managed.name })}
          text={t('collection.deleteText', { n: managed.documents ?? 0 })}
          action={t('collection.delete')}
          onConfirm={async () => {
            await deleteCollection(managed.id);
            choose('');
            await loadCollections(true);
            notify(t('collection.deleted'));
            close();
          }}
          onClose={close}
        />
      ) : null}
    </>
  );
}

interface NameProps {
  title: string;
  name: string;
  action: { rest: string; busy: string };
  onName: (name: string) => Promise<void>;
  onClose: () => void;
}

function NameDialog({ title, name: before, action, onName, onClose }: NameProps) {
  const [name, setName] = useState(before);
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        onSubmit={() => onName(name.trim())}
        action={action}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
      >
        <Field
          label={t('collection.name')}
          value={name}
          onInput={setName}
          autocomplete="off"
          maxLength={80}
          required
          focus
        />
      </Form>
    </Dialog>
  );
}
