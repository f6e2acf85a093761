import { useState } from 'preact/hooks';
import { type CreatedKey, createKey, KEY_SCOPES, type KeyScope } from '../api/keys';
import { collections } from '../documents/collections';
import { t } from '../i18n/accounts';
import { signedIn, withOperatorKey } from '../operator/operatorKey';
import { user } from '../session/session';
import { Dialog } from '../ui/Dialog';
import { Check, Choice, Field, Form, invalid } from '../ui/Form';
import { EXPIRIES, expiryOf } from './keyWords';

interface Props {
  /** Whether the key may belong to the server; it does without a person who is signed in. */
  ofServer: boolean;
  onClose: () => void;
  onCreated: (key: CreatedKey) => void;
}

/** Scopes that only an administrator can give. */
const OF_ADMINISTRATORS: ReadonlySet<KeyScope> = new Set(['metrics', 'admin']);

export function CreateKeyDialog({ ofServer, onClose, onCreated }: Props) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly KeyScope[]>(['ask', 'search', 'read']);
  const [all, setAll] = useState(true);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState<(typeof EXPIRIES)[number]>('90');
  const [server, setServer] = useState(ofServer);
  const create = async () => {
    if (!scopes.length) throw invalid(t('apiKeys.noScope'));
    if (!all && !chosen.length) throw invalid(t('apiKeys.noCollection'));
    const expiresAt = expiryOf(days, Date.now());
    const made = {
      name: name.trim(),
      scopes: [...scopes],
      ...(server ? { server } : {}),
      ...(all ? {} : { collections: [...chosen] }),
      ...(expiresAt ? { expiresAt } : {}),
    };
    const created = await withOperatorKey((key) => createKey(key, made));
    onCreated({ ...made, ...created });
  };
  const offered = KEY_SCOPES.filter((scope) => signedIn.value || !OF_ADMINISTRATORS.has(scope));
  return (
    <Dialog title={t('apiKeys.create')} onClose={onClose}>
      <Form
        onSubmit={create}
        action={{ rest: t('apiKeys.create'), busy: t('apiKeys.creating') }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
      >
        <Field
          label={t('apiKeys.name')}
          value={name}
          onInput={setName}
          hint={t('apiKeys.nameHint')}
          autocomplete="off"
          required
          maxLength={100}
          focus
        />
        {ofServer && user.value ? (
          <Choice
            label={t('apiKeys.belongsTo')}
            value={server ? 'server' : 'me'}
            options={[
              ['server', t('apiKeys.belongsToServer')],
              ['me', t('apiKeys.belongsToMe')],
            ]}
            onChange={(value) => setServer(value === 'server')}
          />
        ) : null}
        <fieldset class="checks">
          <legend>{t('apiKeys.scopes')}</legend>
          {offered.map((scope) => (
            <Check
              key={scope}
              label={t(`apiKeys.scope.${scope}`)}
              checked={scopes.includes(scope)}
              onChange={(on) => setScopes(KEY_SCOPES.filter((one) => (one === scope ? on : scopes.includes(one))))}
            />
          ))}
        </fieldset>
        <Choice
          label={t('apiKeys.collections')}
          value={all ? 'all' : 'some'}
          options={[
            ['all', t('apiKeys.allCollections')],
            ['some', t('apiKeys.someCollections')],
          ]}
          onChange={(value) => setAll(value === 'all')}
        />
        {all ? null : (
          <fieldset class="checks">
            <legend class="off-screen">{t('apiKeys.someCollections')}</legend>
            {collections.value.map((collection) => (
              <Check
                key={collection.id}
                label={collection.name}
                checked={chosen.includes(collection.id)}
                onChange={(on) =>
                  setChosen(on ? [...chosen, collection.id] : chosen.filter((id) => id !== collection.id))
                }
              />
            ))}
          </fieldset>
        )}
        <Choice
          label={t('apiKeys.expiry')}
          value={days}
          options={EXPIRIES.map((value) => [value, daysWords(value)] as const)}
          onChange={setDays}
        />
      </Form>
    </Dialog>
  );
}

function daysWords(days: (typeof EXPIRIES)[number]): string {
  if (!days) return t('apiKeys.never');
  return days === '365' ? t('apiKeys.year') : t('apiKeys.days', { n: Number(days) });
}
