import { useState } from 'preact/hooks';
import { addMember, type Group, getGroup, type Member, removeMember } from '../api/people';
import { type ApiError, asApiError } from '../api/problem';
import { t } from '../i18n/administration';
import { withOperatorKey } from '../operator/operatorKey';
import { Dialog } from '../ui/Dialog';
import { FailedNote } from '../ui/ErrorNote';
import { Form, invalid } from '../ui/Form';
import { IconButton } from '../ui/Icon';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';
import { findPerson, PersonField } from './PersonField';

/** Who belongs to a group. */
export function MembersDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const loaded = useLoaded((signal) => withOperatorKey((key) => getGroup(key, group.id, signal)), [group.id]);
  const [name, setName] = useState('');
  const [failed, setFailed] = useState<ApiError>();
  const members = loaded.value?.members;
  const add = async () => {
    const found = await findPerson(name);
    if (!found) throw invalid(t('groups.unknown', { name: name.trim() }));
    await withOperatorKey((key) => addMember(key, group.id, found.id));
    setName('');
    loaded.refresh();
  };
  const remove = async (member: Member) => {
    setFailed(undefined);
    try {
      await withOperatorKey((key) => removeMember(key, group.id, member.id));
    } catch (thrown) {
      setFailed(asApiError(thrown));
    }
    loaded.refresh();
  };
  return (
    <Dialog title={t('groups.membersOf', { name: group.name })} onClose={onClose}>
      {members?.length ? (
        <ul class="rows">
          {members.map((member) => (
            <li class="row" key={member.id}>
              <div class="row-main">
                <p class="row-title">
                  <span dir="auto">{member.displayName}</span>
                  {member.disabled ? <span class="label off">{t('people.disabled')}</span> : null}
                </p>
                {member.name === member.displayName ? null : <p class="muted">{member.name}</p>}
              </div>
              <IconButton
                icon="close"
                label={t('groups.removeOf', { name: member.displayName })}
                onClick={() => void remove(member)}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {members?.length === 0 ? <p class="muted">{t('groups.noMembers')}</p> : null}
      {loaded.error ? <FailedNote error={loaded.error} onRetry={loaded.retry} /> : null}
      {failed ? <FailedNote error={failed} /> : null}
      {members || loaded.error ? null : <Skeleton lines={3} />}
      <Form
        onSubmit={add}
        action={{ rest: t('groups.addDo'), busy: t('groups.adding') }}
        onCancel={{ label: t('groups.close'), do: onClose }}
      >
        <PersonField label={t('groups.add')} hint={t('groups.addHint')} value={name} onInput={setName} required />
      </Form>
    </Dialog>
  );
}
