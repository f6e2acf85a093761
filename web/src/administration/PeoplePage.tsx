import { useRef, useState } from 'preact/hooks';
import { changeUser, createPasswordLink, deleteUser, listUsers, type OneTimeLink, type User } from '../api/people';
import { asApiError } from '../api/problem';
import { t as tAccounts } from '../i18n/accounts';
import { t } from '../i18n/administration';
import { OperatorPage } from '../operator/OperatorPage';
import { withOperatorKey } from '../operator/operatorKey';
import { user as reader } from '../session/session';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { FailedNote, wordsOf } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { Menu, type MenuItem } from '../ui/Menu';
import { notify } from '../ui/notifications';
import { OneTimeTextDialog } from '../ui/OneTimeText';
import { Skeleton } from '../ui/Skeleton';
import { formatTime } from '../ui/times';
import { usePages } from '../ui/usePages';
import { EditPersonDialog } from './EditPersonDialog';
import { InviteDialog } from './InviteDialog';

/** Milliseconds after the last letter before the list is searched. */
const CALM = 250;

type Shown =
  | { kind: 'invite' }
  | { kind: 'edit' | 'disable' | 'delete'; user: User }
  | { kind: 'link'; user: User; link: OneTimeLink };

export function PeoplePage() {
  return (
    <OperatorPage name="people" title={t('admin.people')} intro={t('people.intro')}>
      <People />
    </OperatorPage>
  );
}

function People() {
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState<Shown>();
  const list = usePages<User>(
    (cursor, signal) => withOperatorKey((key) => listUsers(key, query, cursor, signal)),
    [query],
  );
  const close = () => setShown(undefined);
  const change = async (user: User, disabled: boolean) => {
    await withOperatorKey((key) => changeUser(key, user.id, { disabled }));
    notify(t(disabled ? 'people.isDisabled' : 'people.isEnabled'));
    close();
    list.refresh();
  };
  /** Of an action without a dialog. */
  const attempt = (work: () => Promise<void>) => () =>
    void work().catch((thrown: unknown) => notify(wordsOf(asApiError(thrown).problem)));
  const makeLink = async (user: User) => {
    const link = await withOperatorKey((key) => createPasswordLink(key, user.id));
    setShown({ kind: 'link', user, link });
  };
  const actionsOf = (user: User): MenuItem[] => [
    { icon: 'edit', label: t('people.edit'), onSelect: () => setShown({ kind: 'edit', user }) },
    { icon: 'key', label: t('people.reset'), onSelect: attempt(() => makeLink(user)) },
    user.disabled
      ? { icon: 'check', label: t('people.enable'), onSelect: attempt(() => change(user, false)) }
      : { icon: 'stop', label: t('people.disable'), onSelect: () => setShown({ kind: 'disable', user }) },
    { icon: 'trash', label: t('people.delete'), danger: true, onSelect: () => setShown({ kind: 'delete', user }) },
  ];
  return (
    <>
      <div class="list-tools">
        <Search onChange={setQuery} />
        <button type="button" class="primary" onClick={() => setShown({ kind: 'invite' })}>
          <Icon name="plus" />
          {t('people.invite')}
        </button>
      </div>
      {list.items?.length ? (
        <ul class="rows" aria-label={t('people.list')}>
          {list.items.map((user) => (
            <PersonRow key={user.id} user={user} actions={actionsOf(user)} />
          ))}
        </ul>
      ) : null}
      {list.items?.length === 0 ? <p class="muted">{t(query ? 'people.noneFound' : 'people.none')}</p> : null}
      {list.error ? <FailedNote error={list.error} onRetry={list.refresh} /> : null}
      {list.items || list.error ? null : <Skeleton lines={6} />}
      {list.hasMore ? (
        <div>
          <button type="button" onClick={list.loadMore}>
            {t('people.more')}
          </button>
        </div>
      ) : null}
      {shown?.kind === 'invite' ? (
        <InviteDialog
          onClose={close}
          onInvited={(user, link) => {
            setShown({ kind: 'link', user, link });
            list.refresh();
          }}
        />
      ) : null}
      {shown?.kind === 'edit' ? (
        <EditPersonDialog
          user={shown.user}
          onClose={close}
          onSaved={() => {
            close();
            list.refresh();
          }}
        />
      ) : null}
      {shown?.kind === 'link' ? <LinkDialog {...shown} onClose={close} /> : null}
      {shown?.kind === 'disable' ? (
        <ConfirmDialog
          title={t('people.disableAsk', { name: shown.user.displayName })}
          text={t('people.disableText')}
          action={t('people.disableDo')}
          onConfirm={() => change(shown.user, true)}
          onClose={close}
        />
      ) : null}
      {shown?.kind === 'delete' ? (
        <ConfirmDialog
          title={t('people.deleteAsk', { name: shown.user.displayName })}
          text={t('people.deleteText')}
          action={t('people.deleteDo')}
          onConfirm={async () => {
            await withOperatorKey((key) => deleteUser(key, shown.user.id));
            notify(t('people.deleted'));
            close();
            list.refresh();
          }}
          onClose={close}
        />
      ) : null}
    </>
  );
}

function Search({ onChange }: { onChange: (query: string) => void }) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  return (
    <label class="search">
      <Icon name="search" />
      <input
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        onInput={(event) => {
          const query = event.currentTarget.value.trim();
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onChange(query), CALM);
        }}
      />
    </label>
  );
}

function PersonRow({ user, actions }: { user: User; actions: MenuItem[] }) {
  const invited = !user.disabled && user.hasPassword === false && !user.signedInAt;
  return (
    <li class="row">
      <div class="row-main">
        <p class="row-title">
          <span dir="auto">{user.displayName}</span>
          {user.id === reader.value?.id ? <span class="label">{t('people.you')}</span> : null}
          {user.role === 'administrator' ? <span class="label on">{t('people.role.administrator')}</span> : null}
          {user.disabled ? <span class="label off">{t('people.disabled')}</span> : null}
          {invited ? <span class="label">{t('people.invited')}</span> : null}
        </p>
        <p class="row-facts">
          {user.name === user.displayName ? null : <span>{user.name}</span>}
          {user.email && user.email !== user.name ? <span>{user.email}</span> : null}
          <span>
            {user.signedInAt ? t('people.signedIn', { time: formatTime(user.signedInAt) }) : t('people.neverSignedIn')}
          </span>
          {user.groups.length ? <span>{t('people.inGroups', { n: user.groups.length })}</span> : null}
          {user.hasSecondFactor ? <span>{t('people.factor')}</span> : null}
        </p>
      </div>
      <Menu label={t('people.actions', { name: user.displayName })} items={actions} />
    </li>
  );
}

function LinkDialog({ user, link, onClose }: { user: User; link: OneTimeLink; onClose: () => void }) {
  const until = tAccounts('once.until', { time: formatTime(link.expiresAt) });
  return (
    <OneTimeTextDialog
      title={t('people.link', { name: user.displayName })}
      explanation={`${t('people.linkText')} ${until}`}
      label={t('people.link', { name: user.displayName })}
      text={link.link}
      onClose={onClose}
    />
  );
}
