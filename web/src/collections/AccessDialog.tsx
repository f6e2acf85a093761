import { useEffect, useId, useState } from 'preact/hooks';
import { type Grant, getAccess, setAccess, type TaggedAccess } from '../api/access';
import { listGroups } from '../api/people';
import type { Collection, Permission } from '../api/types';
import { t } from '../i18n/collections';
import { signedIn, withOperatorKey } from '../operator/operatorKey';
import { Dialog } from '../ui/Dialog';
import { FailedNote } from '../ui/ErrorNote';
import { Choice, Field, Form, invalid, useSubmission } from '../ui/Form';
import { IconButton } from '../ui/Icon';
import { notify } from '../ui/notifications';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';
import './access.css';
import { findPerson, PersonField } from '../administration/PersonField';
import { type Audience, isSame, namedGrants, permissionOf, withAudience } from './grants';

const PERMISSIONS = ['read', 'write', 'manage'] as const satisfies readonly Permission[];

interface Props {
  collection: Collection;
  onClose: () => void;
}

/** To whom a collection is granted. */
export function AccessDialog({ collection, onClose }: Props) {
  const loaded = useLoaded((signal) => getAccess(collection.id, signal), [collection.id]);
  return (
    <Dialog title={t('collection.accessOf', { name: collection.name })} onClose={onClose} sticky>
      <p>{t('access.text')}</p>
      {loaded.error ? <FailedNote error={loaded.error} onRetry={loaded.retry} /> : null}
      {loaded.value ? (
        <AccessForm collection={collection} access={loaded.value} onClose={onClose} />
      ) : loaded.error ? null : (
        <Skeleton lines={4} />
      )}
    </Dialog>
  );
}

interface FormProps extends Props {
  access: TaggedAccess;
}

function AccessForm({ collection, access, onClose }: FormProps) {
  const [grants, setGrants] = useState<readonly Grant[]>(access.grants);
  const save = async () => {
    await setAccess(collection.id, grants, access.tag);
    notify(t('access.saved'));
    onClose();
  };
  const change = (grant: Grant, permission: Permission) =>
    setGrants(grants.map((one) => (isSame(one, grant) ? { ...one, permission } : one)));
  return (
    <>
      {access.isDefault ? <p class="muted small">{t('access.default')}</p> : null}
      <div class="access-list">
        {(['everyone', 'signed_in'] as const).map((audience: Audience) => (
          <div class="access-row" key={audience}>
            <Choice
              label={t(`access.${audience}`)}
              value={permissionOf(grants, audience) ?? ''}
              options={[['', t('access.none')] as const, ...permissionWords()]}
              onChange={(value) => setGrants(withAudience(grants, audience, value === '' ? undefined : value))}
            />
          </div>
        ))}
        {namedGrants(grants).map((grant) => (
          <div class="access-row" key={`${grant.to}:${grant.id ?? grant.name}`}>
            <Choice
              label={`${grant.name ?? grant.id} (${t(grant.to === 'group' ? 'access.group' : 'access.user')})`}
              value={grant.permission}
              options={permissionWords()}
              onChange={(value) => change(grant, value)}
            />
            <IconButton
              icon="close"
              label={t('access.remove', { name: grant.name ?? grant.id ?? '' })}
              onClick={() => setGrants(grants.filter((one) => !isSame(one, grant)))}
            />
          </div>
        ))}
      </div>
      <AddGrant grants={grants} onAdd={(grant) => setGrants([...grants, grant])} />
      <Form
        onSubmit={save}
        action={{ rest: t('access.save'), busy: t('access.saving') }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
        describe={({ code, problem }) =>
          code === 'precondition_failed' ? { ...problem, detail: t('access.changed') } : problem
        }
      >
        {null}
      </Form>
    </>
  );
}

function permissionWords() {
  return PERMISSIONS.map((permission) => [permission, t(`access.${permission}`)] as const);
}

interface AddProps {
  grants: readonly Grant[];
  onAdd: (grant: Grant) => void;
}

/** Names a person or group. Only administrators get proposals: others may not list the accounts. */
function AddGrant({ grants, onAdd }: AddProps) {
  const [to, setTo] = useState<'user' | 'group'>('group');
  const [name, setName] = useState('');
  const groups = useGroups();
  const id = useId();
  const adding = useSubmission(async () => {
    const typed = name.trim();
    if (!typed) throw invalid(t('access.nameMissing'));
    const known =
      to === 'group' ? groupNamed(groups ?? [], typed) : signedIn.value ? await findPerson(typed) : undefined;
    // Who may not list people and groups learns it from the server when the access is saved.
    const isListed = to === 'group' ? groups !== undefined : signedIn.value;
    if (isListed && !known) throw invalid(t(`access.unknown.${to}`, { name: typed }));
    const grant: Grant = { to, name: known?.name ?? typed, permission: 'read', ...(known ? { id: known.id } : {}) };
    if (grants.some((one) => isSame(one, grant))) throw invalid(t('access.twice', { name: typed }));
    onAdd(grant);
    setName('');
  });
  const label = t(`access.nameOf.${to}`);
  return (
    <form
      class="access-add"
      aria-label={t('access.add')}
      onSubmit={(event) => {
        event.preventDefault();
        void adding.submit();
      }}
    >
      <p class="small-head">{t('access.add')}</p>
      <Choice
        label={t('access.kind')}
        value={to}
        options={[
          ['group', t('access.group')],
          ['user', t('access.user')],
        ]}
        onChange={setTo}
      />
      {to === 'user' && signedIn.value ? (
        <PersonField label={label} value={name} onInput={setName} />
      ) : (
        <Field label={label} value={name} onInput={setName} autocomplete="off" list={id} plain />
      )}
      <datalist id={id}>
        {groups?.map((group) => (
          <option key={group.id} value={group.name} />
        ))}
      </datalist>
      <button type="submit">{t('access.addDo')}</button>
      {adding.error ? <FailedNote error={adding.error} /> : null}
    </form>
  );
}

interface NamedGroup {
  id: string;
  name: string;
}

const groupNamed = (groups: readonly NamedGroup[], name: string) =>
  groups.find((one) => one.name.toLowerCase() === name.toLowerCase());

/** Undefined until they are known, and for readers who may not list them. */
function useGroups(): readonly NamedGroup[] | undefined {
  const [groups, setGroups] = useState<readonly NamedGroup[]>();
  useEffect(() => {
    if (!signedIn.value) return;
    const controller = new AbortController();
    withOperatorKey((key) => listGroups(key, controller.signal)).then(
      (page) => setGroups(page.items),
      // Proposals are a help only: the name can be typed.
      () => undefined,
    );
    return () => controller.abort();
  }, []);
  return groups;
}
