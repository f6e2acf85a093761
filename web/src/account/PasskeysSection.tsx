import { useState } from 'preact/hooks';
import type { Account } from '../api/account';
import {
  addPasskey,
  createPasskeyOptions,
  deletePasskey,
  listPasskeys,
  type Passkey,
  renamePasskey,
} from '../api/passkeys';
import type { ApiError } from '../api/problem';
import type { Problem } from '../api/types';
import { t } from '../i18n/accounts';
import { passkeyProblem } from '../session/PasskeyButton';
import { hasPasskeys, makePasskey } from '../session/passkey';
import { session } from '../session/session';
import { Dialog } from '../ui/Dialog';
import { FailedNote } from '../ui/ErrorNote';
import { Field, Form } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { Menu } from '../ui/Menu';
import { notify } from '../ui/notifications';
import { Skeleton } from '../ui/Skeleton';
import { formatTime } from '../ui/times';
import { useLoaded } from '../ui/useLoaded';
import { wrongPassword } from './PasswordSection';

type Shown = { kind: 'add' } | { kind: 'rename' | 'delete'; passkey: Passkey };

/** Passkeys beside the password. */
export function PasskeysSection({ account }: { account: Account }) {
  const loaded = useLoaded((signal) => listPasskeys(signal), []);
  const [shown, setShown] = useState<Shown>();
  const close = () => setShown(undefined);
  const done = (text: string) => {
    notify(text);
    close();
    loaded.refresh();
  };
  const canAdd = session.value?.passkeys === true && hasPasskeys();
  const passkeys = loaded.value?.items;
  return (
    <section class="part" aria-labelledby="passkeys-title">
      <div class="part-head">
        <h2 id="passkeys-title">{t('passkey.title')}</h2>
        {canAdd ? (
          <button type="button" onClick={() => setShown({ kind: 'add' })}>
            <Icon name="plus" />
            {t('passkey.add')}
          </button>
        ) : null}
      </div>
      <p class="small">{t(canAdd ? 'passkey.text' : 'passkey.unavailable')}</p>
      {loaded.error ? <FailedNote error={loaded.error} onRetry={loaded.retry} /> : null}
      {passkeys?.length ? (
        <ul class="rows">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onSelect={(kind) => setShown({ kind, passkey })} />
          ))}
        </ul>
      ) : null}
      {passkeys?.length === 0 ? <p class="muted">{t('passkey.none')}</p> : null}
      {passkeys || loaded.error ? null : <Skeleton lines={2} />}
      {shown?.kind === 'add' ? (
        <AddDialog account={account} onClose={close} onAdded={() => done(t('passkey.added'))} />
      ) : null}
      {shown?.kind === 'rename' ? (
        <RenameDialog passkey={shown.passkey} onClose={close} onRenamed={() => done(t('passkey.renamed'))} />
      ) : null}
      {shown?.kind === 'delete' ? (
        <DeleteDialog passkey={shown.passkey} onClose={close} onDeleted={() => done(t('passkey.deleted'))} />
      ) : null}
    </section>
  );
}

function PasskeyRow({ passkey, onSelect }: { passkey: Passkey; onSelect: (kind: 'rename' | 'delete') => void }) {
  const { name, createdAt, lastUsedAt } = passkey;
  return (
    <li class="row">
      <div class="row-main">
        <p class="row-title">
          <span dir="auto">{name}</span>
        </p>
        <p class="row-facts">
          <span>{lastUsedAt ? t('passkey.used', { time: formatTime(lastUsedAt) }) : t('passkey.unused')}</span>
          <span>{t('passkey.created', { time: formatTime(createdAt) })}</span>
        </p>
      </div>
      <Menu
        label={t('passkey.actions', { name })}
        items={[
          { icon: 'edit', label: t('passkey.rename'), onSelect: () => onSelect('rename') },
          { icon: 'trash', label: t('passkey.delete'), danger: true, onSelect: () => onSelect('delete') },
        ]}
      />
    </li>
  );
}

function AddDialog({ account, onAdded, onClose }: { account: Account; onAdded: () => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const add = async () => {
    const { challengeId, publicKey } = await createPasskeyOptions(password, code.trim());
    await addPasskey(challengeId, name.trim(), await makePasskey(publicKey));
    onAdded();
  };
  return (
    <Dialog title={t('passkey.add')} onClose={onClose}>
      <p>{t('passkey.addText')}</p>
      <Form
        onSubmit={add}
        action={{ rest: t('passkey.continue'), busy: t('passkey.waiting') }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
        describe={describe}
      >
        <Field
          label={t('passkey.name')}
          hint={t('passkey.nameHint')}
          value={name}
          onInput={setName}
          maxLength={100}
          required
          focus
        />
        <Password value={password} onInput={setPassword} />
        {account.hasSecondFactor ? (
          <Field
            label={t('signIn.code')}
            hint={t('passkey.codeHint')}
            value={code}
            onInput={setCode}
            autocomplete="one-time-code"
            required
            plain
          />
        ) : null}
      </Form>
    </Dialog>
  );
}

function RenameDialog({
  passkey,
  onRenamed,
  onClose,
}: {
  passkey: Passkey;
  onRenamed: () => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(passkey.name);
  const rename = async () => {
    await renamePasskey(passkey.id, name.trim());
    onRenamed();
  };
  return (
    <Dialog title={t('passkey.rename')} onClose={onClose}>
      <Form
        onSubmit={rename}
        action={{ rest: t('account.save'), busy: t('account.saving') }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
      >
        <Field label={t('passkey.name')} value={name} onInput={setName} maxLength={100} required focus />
      </Form>
    </Dialog>
  );
}

function DeleteDialog({
  passkey,
  onDeleted,
  onClose,
}: {
  passkey: Passkey;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const [password, setPassword] = useState('');
  const remove = async () => {
    await deletePasskey(passkey.id, password);
    onDeleted();
  };
  return (
    <Dialog title={t('passkey.deleteAsk', { name: passkey.name })} onClose={onClose}>
      <p>{t('passkey.deleteText')}</p>
      <Form
        onSubmit={remove}
        action={{ rest: t('passkey.deleteDo'), busy: t('passkey.deleteDo'), danger: true }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
        describe={describe}
      >
        <Password value={password} onInput={setPassword} focus />
      </Form>
    </Dialog>
  );
}

function Password({ focus = false, ...field }: { value: string; onInput: (value: string) => void; focus?: boolean }) {
  return (
    <Field
      label={t('account.current')}
      type="password"
      autocomplete="current-password"
      required
      focus={focus}
      {...field}
    />
  );
}

/** What is wrong, in the reader's language. */
function describe(error: ApiError): Problem {
  const isCode = error.code === 'invalid_request' && error.problem.errors?.some(({ field }) => field === 'code');
  if (isCode) return { ...error.problem, detail: t('signIn.codeWrong') };
  if (error.code === 'passkey_cancelled') return { ...error.problem, detail: t('passkey.notMade') };
  return error.code === 'invalid_request' ? wrongPassword(error) : passkeyProblem(error);
}
