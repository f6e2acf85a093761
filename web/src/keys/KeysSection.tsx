import { useState } from 'preact/hooks';
import { type ApiKey, type CreatedKey, exchangeSecret, listKeys, revokeKey } from '../api/keys';
import { t } from '../i18n/accounts';
import { withOperatorKey } from '../operator/operatorKey';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Dialog } from '../ui/Dialog';
import { FailedNote } from '../ui/ErrorNote';
import { Choice, Form } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { Menu } from '../ui/Menu';
import { notify } from '../ui/notifications';
import { OneTimeTextDialog } from '../ui/OneTimeText';
import { Skeleton } from '../ui/Skeleton';
import { formatTime } from '../ui/times';
import { useLoaded } from '../ui/useLoaded';
import { CreateKeyDialog } from './CreateKeyDialog';
import { expiryWords } from './keyWords';

interface Props {
  /** Id of the account whose keys are shown; all without it. */
  owner?: string;
}

type Shown = { kind: 'create' } | { kind: 'secret'; key: CreatedKey } | { kind: 'exchange' | 'revoke'; key: ApiKey };

/** The API keys of a person as a part of a page. */
export function KeysSection({ owner }: { owner: string }) {
  return (
    <section class="part" aria-labelledby="api-keys-title">
      <KeyList owner={owner} />
    </section>
  );
}

/** API keys: those of a person, or all of them. */
export function KeyList({ owner }: Props) {
  const loaded = useLoaded((signal) => readAll(signal), [owner]);
  const [shown, setShown] = useState<Shown>();
  const close = () => setShown(undefined);
  const keys = loaded.value?.filter((key) => owner === undefined || key.owner?.id === owner);
  const showSecret = (key: CreatedKey) => {
    setShown({ kind: 'secret', key });
    loaded.refresh();
  };
  return (
    <>
      <div class="part-head">
        {owner === undefined ? null : <h2 id="api-keys-title">{t('apiKeys.title')}</h2>}
        <button
          type="button"
          class={owner === undefined ? 'primary' : undefined}
          onClick={() => setShown({ kind: 'create' })}
        >
          <Icon name="plus" />
          {t('apiKeys.create')}
        </button>
      </div>
      {owner === undefined ? null : <p class="small">{t('apiKeys.text')}</p>}
      {loaded.error ? <FailedNote error={loaded.error} onRetry={loaded.retry} /> : null}
      {keys?.length ? (
        <ul class="rows">
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              showsOwner={owner === undefined}
              onExchange={() => setShown({ kind: 'exchange', key })}
              onRevoke={() => setShown({ kind: 'revoke', key })}
            />
          ))}
        </ul>
      ) : null}
      {keys?.length === 0 ? <p class="muted">{t('apiKeys.none')}</p> : null}
      {keys || loaded.error ? null : <Skeleton lines={2} />}
      {shown?.kind === 'create' ? (
        <CreateKeyDialog ofServer={owner === undefined} onClose={close} onCreated={showSecret} />
      ) : null}
      {shown?.kind === 'secret' ? (
        <OneTimeTextDialog
          title={t('apiKeys.secret', { name: shown.key.name })}
          explanation={t('apiKeys.secretText')}
          label={t('apiKeys.secret', { name: shown.key.name })}
          text={shown.key.secret}
          onClose={close}
        />
      ) : null}
      {shown?.kind === 'exchange' ? <ExchangeDialog apiKey={shown.key} onClose={close} onDone={showSecret} /> : null}
      {shown?.kind === 'revoke' ? (
        <ConfirmDialog
          title={t('apiKeys.revokeAsk', { name: shown.key.name })}
          text={t('apiKeys.revokeText')}
          action={t('apiKeys.revokeDo')}
          onClose={close}
          onConfirm={async () => {
            await withOperatorKey((key) => revokeKey(key, shown.key.id));
            notify(t('apiKeys.revoked'));
            close();
            loaded.refresh();
          }}
        />
      ) : null}
    </>
  );
}

/** There are few keys; the server gives them in pages all the same. */
async function readAll(signal: AbortSignal): Promise<ApiKey[]> {
  const all: ApiKey[] = [];
  for (let cursor: string | undefined; ; ) {
    const from = cursor;
    const page = await withOperatorKey((key) => listKeys(key, from, signal));
    all.push(...page.items);
    cursor = page.next ?? undefined;
    if (!cursor) return all;
  }
}

interface RowProps {
  apiKey: ApiKey;
  showsOwner: boolean;
  onExchange: () => void;
  onRevoke: () => void;
}

function KeyRow({ apiKey, showsOwner, onExchange, onRevoke }: RowProps) {
  const { name, owner, scopes, collections, lastUsedAt, hint, secrets } = apiKey;
  const former = secrets?.find((secret) => secret.expiresAt);
  return (
    <li class="row">
      <div class="row-main">
        <p class="row-title">
          <span dir="auto">{name}</span>
          {hint ? <code class="muted">{hint}</code> : null}
        </p>
        <p>{scopes.map((scope) => t(`apiKeys.scope.${scope}`)).join(' · ')}</p>
        <p class="row-facts">
          {showsOwner ? <span>{owner ? t('apiKeys.owner', { name: owner.name }) : t('apiKeys.ofServer')}</span> : null}
          {collections?.length ? <span>{t('apiKeys.inCollections', { n: collections.length })}</span> : null}
          <span>{expiryWords(apiKey, Date.now())}</span>
          <span>{lastUsedAt ? t('apiKeys.used', { time: formatTime(lastUsedAt) }) : t('apiKeys.unused')}</span>
        </p>
        {former?.expiresAt ? (
          <p class="muted">{t('apiKeys.exchanged', { hint: former.hint, time: formatTime(former.expiresAt) })}</p>
        ) : null}
      </div>
      <Menu
        label={t('apiKeys.actions', { name })}
        items={[
          { icon: 'retry', label: t('apiKeys.exchange'), onSelect: onExchange },
          { icon: 'trash', label: t('apiKeys.revoke'), danger: true, onSelect: onRevoke },
        ]}
      />
    </li>
  );
}

/** Hours that the former secret may work on. */
const OVERLAPS = ['0', '1', '24', '168'] as const;

interface ExchangeProps {
  apiKey: ApiKey;
  onClose: () => void;
  onDone: (key: CreatedKey) => void;
}

function ExchangeDialog({ apiKey, onClose, onDone }: ExchangeProps) {
  const [hours, setHours] = useState<(typeof OVERLAPS)[number]>('24');
  const words = (value: (typeof OVERLAPS)[number]) =>
    value === '0'
      ? t('apiKeys.overlapNone')
      : value === '168'
        ? t('apiKeys.overlapDays')
        : t('apiKeys.overlapHours', { n: Number(value) });
  const exchange = async () => {
    const exchanged = await withOperatorKey((key) => exchangeSecret(key, apiKey.id, Number(hours)));
    onDone({ ...apiKey, ...exchanged });
  };
  return (
    <Dialog title={t('apiKeys.exchange')} onClose={onClose}>
      <p>{t('apiKeys.exchangeText')}</p>
      <Form
        onSubmit={exchange}
        action={{ rest: t('apiKeys.exchange'), busy: t('apiKeys.exchanging') }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
      >
        <Choice
          label={t('apiKeys.overlap')}
          value={hours}
          options={OVERLAPS.map((value) => [value, words(value)] as const)}
          onChange={setHours}
        />
      </Form>
    </Dialog>
  );
}
