import { useState } from 'preact/hooks';
import { createGroup, deleteGroup, type Group, listGroups, renameGroup } from '../api/people';
import { t } from '../i18n/administration';
import { OperatorPage } from '../operator/OperatorPage';
import { withOperatorKey } from '../operator/operatorKey';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Dialog } from '../ui/Dialog';
import { FailedNote } from '../ui/ErrorNote';
import { Field, Form } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { Menu } from '../ui/Menu';
import { notify } from '../ui/notifications';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';
import { MembersDialog } from './MembersDialog';

export function GroupsPage() {
  return (
    <OperatorPage name="groups" title={t('admin.groups')} intro={t('groups.intro')}>
      <Groups />
    </OperatorPage>
  );
}

type Shown = { kind: 'create' } | { kind: 'members' | 'rename' | 'delete'; group: Group };

function Groups() {
  const loaded = useLoaded((signal) => withOperatorKey((key) => listGroups(key, signal)), []);
  const [shown, setShown] = useState<Shown>();
  const groups = loaded.value?.items;
  const close = () => setShown(undefined);
  const done = (words: string) => {
    if (words) notify(words);
    close();
    loaded.refresh();
  };
  return (
    <>
      <div class="list-tools">
        <button type="button" class="primary" onClick={() => setShown({ kind: 'create' })}>
          <Icon name="plus" />
          {t('groups.create')}
        </button>
      </div>
      {groups?.length ? (
        <ul class="rows" aria-label={t('groups.list')}>
          {groups.map((group) => (
            <li class="row" key={group.id}>
              <div class="row-main">
                <p class="row-title" dir="auto">
                  {group.name}
                </p>
                <p class="muted">{group.members ? t('groups.members', { n: group.members }) : t('groups.noMembers')}</p>
              </div>
              <Menu
                label={t('groups.actions', { name: group.name })}
                items={[
                  {
                    icon: 'people',
                    label: t('groups.showMembers'),
                    onSelect: () => setShown({ kind: 'members', group }),
                  },
                  { icon: 'edit', label: t('groups.rename'), onSelect: () => setShown({ kind: 'rename', group }) },
                  {
                    icon: 'trash',
                    label: t('groups.delete'),
                    danger: true,
                    onSelect: () => setShown({ kind: 'delete', group }),
                  },
                ]}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {groups?.length === 0 ? <p class="muted">{t('groups.none')}</p> : null}
      {loaded.error ? <FailedNote error={loaded.error} onRetry={loaded.retry} /> : null}
      {groups || loaded.error ? null : <Skeleton lines={4} />}
      {shown?.kind === 'create' ? (
        <NameDialog
          title={t('groups.create')}
          action={{ rest: t('groups.create'), busy: t('groups.creating') }}
          onClose={close}
          onName={async (name) => {
            const group = await withOperatorKey((key) => createGroup(key, name));
            loaded.refresh();
            setShown({ kind: 'members', group });
          }}
        />
      ) : null}
      {shown?.kind === 'rename' ? (
        <NameDialog
          title={t('groups.rename')}
          name={shown.group.name}
          action={{ rest: t('admin.save'), busy: t('admin.saving') }}
          onClose={close}
          onName={async (name) => {
            await withOperatorKey((key) => renameGroup(key, shown.group.id, name));
            done(t('groups.renamed'));
          }}
        />
      ) : null}
      {shown?.kind === 'members' ? <MembersDialog group={shown.group} onClose={() => done('')} /> : null}
      {shown?.kind === 'delete' ? (
        <ConfirmDialog
          title={t('groups.deleteAsk', { name: shown.group.name })}
          text={t('groups.deleteText')}
          action={t('groups.deleteDo')}
          onConfirm={async () => {
            await withOperatorKey((key) => deleteGroup(key, shown.group.id));
            done(t('groups.deleted'));
          }}
          onClose={close}
        />
      ) : null}
    </>
  );
}

interface NameProps {
  title: string;
  name?: string;
  action: { rest: string; busy: string };
  onName: (name: string) => Promise<void>;
  onClose: () => void;
}

function NameDialog({ title, name: before = '', action, onName, onClose }: NameProps) {
  const [name, setName] = useState(before);
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={() => onName(name.trim())} action={action} onCancel={{ label: t('admin.cancel'), do: onClose }}>
        <Field
          label={t('groups.name')}
          value={name}
          onInput={setName}
          autocomplete="off"
          maxLength={100}
          required
          focus
        />
      </Form>
    </Dialog>
  );
}
