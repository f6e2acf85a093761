import { useState } from 'preact/hooks';
import {
  deleteReembedding,
  type Reembedding,
  rollBackReembedding,
  startReembedding,
  switchReembedding,
} from '../api/embedders';
import { type ApiError, asApiError } from '../api/problem';
import { type Key, t } from '../i18n/administration';
import { FailedNote } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { formatRemainingTime } from '../ui/remainingTime';
import { ComparisonSection } from './ComparisonSection';
import { DeleteIndexDialog } from './DeleteIndexDialog';
import { focusReembeddingHeading } from './headingFocus';
import { remaining } from './progressRate';
import { actionsOf, type ReembeddingAction } from './reembeddingActions';
import { act, marks } from './reembeddings';

/** The reembedding that is not over: how far it is, and what can be done with it. */
export function ReembeddingSection({ reembedding }: { reembedding: Reembedding }) {
  const { status, former, embedder } = reembedding;
  return (
    <section class="part" aria-labelledby="reembedding-title">
      <h2 id="reembedding-title" tabIndex={-1}>
        {t(`reembedding.${status}` as Key)}
      </h2>
      <dl class="facts names">
        <div>
          <dt>{t('reembedding.from')}</dt>
          <dd>
            <code>{former}</code>
          </dd>
        </div>
        <div>
          <dt>{t('reembedding.to')}</dt>
          <dd>
            <code>{embedder}</code>
          </dd>
        </div>
      </dl>
      {status === 'building' ? <Progress reembedding={reembedding} /> : null}
      <p class="small" role="status">
        <span class="off-screen">{t(`reembedding.${status}` as Key)}. </span>
        {t(`reembedding.${status}Text` as Key)}
        {status === 'building' && reembedding.switchWhenReady ? ` ${t('reembedding.whenReady')}` : null}
      </p>
      {reembedding.reason ? <Reason status={status} reason={reembedding.reason} /> : null}
      {actionsOf(status).includes('compare') ? <ComparisonSection reembedding={reembedding} /> : null}
      <Actions key={status} reembedding={reembedding} />
    </section>
  );
}

function Progress({ reembedding: { embedded, texts, reason } }: { reembedding: Reembedding }) {
  const full = texts > 0 && embedded >= texts;
  const seconds = reason ? undefined : remaining(marks.value, texts, Date.now());
  return (
    <div>
      <progress aria-labelledby="reembedding-title" value={texts ? Math.min(1, embedded / texts) : 0} />
      <p class="muted hint numbers">
        {[
          t('reembedding.progress', { done: embedded, n: texts }),
          full ? t('reembedding.filling') : formatRemainingTime(seconds),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}

/** Why it does not go on, and what that means for it. */
function Reason({ status, reason }: { status: Reembedding['status']; reason: string }) {
  const then = status === 'ready' || status === 'switched' ? 'reembedding.notSwitched' : 'reembedding.waits';
  return (
    <div class="note bad" role="alert">
      <Icon name="warning" />
      <div>
        <p lang="en">{reason}</p>
        {status === 'failed' ? null : <p class="muted">{t(then)}</p>}
      </div>
    </div>
  );
}

type CommandAction = Exclude<ReembeddingAction, 'compare'>;

const CALLS: Record<CommandAction, (reembedding: Reembedding) => (key: string) => Promise<Reembedding>> = {
  switch:
    ({ id }) =>
    (key) =>
      switchReembedding(key, id),
  rollBack:
    ({ id }) =>
    (key) =>
      rollBackReembedding(key, id),
  resume:
    ({ embedder, switchWhenReady }) =>
    (key) =>
      startReembedding(key, embedder, switchWhenReady),
  abandon:
    ({ id }) =>
    (key) =>
      deleteReembedding(key, id),
  drop:
    ({ id }) =>
    (key) =>
      deleteReembedding(key, id),
};

function Actions({ reembedding }: { reembedding: Reembedding }) {
  const [asking, setAsking] = useState<'abandon' | 'drop'>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ action: CommandAction; error: ApiError }>();
  const actions = actionsOf(reembedding.status).filter((action) => action !== 'compare');
  const runAction = async (action: CommandAction) => {
    if (busy) return;
    setBusy(true);
    setFailed(undefined);
    try {
      await act(CALLS[action](reembedding));
      focusReembeddingHeading();
    } catch (thrown) {
      setFailed({ action, error: asApiError(thrown) });
    }
    setBusy(false);
  };
  const names = { switch: reembedding.embedder, rollBack: reembedding.former, resume: '', abandon: '', drop: '' };
  return (
    <>
      {failed ? <FailedNote error={failed.error} onRetry={() => void runAction(failed.action)} /> : null}
      {actions.length ? (
        <div class="actions-row">
          {actions.map((action) => (
            <button
              key={action}
              type="button"
              class={action === 'switch' || action === 'resume' ? 'primary' : dangerous(action) ? 'danger-text' : ''}
              aria-disabled={busy}
              onClick={() => (dangerous(action) ? setAsking(action) : void runAction(action))}
            >
              {t(`reembedding.${action}`, { name: names[action] })}
            </button>
          ))}
        </div>
      ) : null}
      {asking ? (
        <DeleteIndexDialog
          kind={asking}
          reembedding={reembedding}
          onClose={() => setAsking(undefined)}
          onDo={() => {
            setAsking(undefined);
            void runAction(asking);
          }}
        />
      ) : null}
    </>
  );
}

const dangerous = (action: CommandAction): action is 'abandon' | 'drop' => action === 'abandon' || action === 'drop';
