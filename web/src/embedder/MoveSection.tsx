import { useState } from 'preact/hooks';
import { endMove, type Move, rollBackMove, startMove, switchMove } from '../api/embedders';
import { type ApiError, asApiError } from '../api/problem';
import { type Key, t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { left } from '../ui/left';
import { Compare } from './Compare';
import { EndDialog } from './EndDialog';
import { toMove } from './focus';
import { act, marks } from './moves';
import { type Offer, offersOf } from './offers';
import { remaining } from './pace';

/** The move that is not over: how far it is, and what can be done with it. */
export function MoveSection({ move }: { move: Move }) {
  const { status, former, embedder } = move;
  return (
    <section class="part" aria-labelledby="move-title">
      <h2 id="move-title" tabIndex={-1}>
        {t(`move.${status}` as Key)}
      </h2>
      <dl class="facts names">
        <div>
          <dt>{t('move.from')}</dt>
          <dd>
            <code>{former}</code>
          </dd>
        </div>
        <div>
          <dt>{t('move.to')}</dt>
          <dd>
            <code>{embedder}</code>
          </dd>
        </div>
      </dl>
      {status === 'building' ? <Progress move={move} /> : null}
      <p class="small" role="status">
        <span class="off-screen">{t(`move.${status}` as Key)}. </span>
        {t(`move.${status}Text` as Key)}
        {status === 'building' && move.switchWhenReady ? ` ${t('move.whenReady')}` : null}
      </p>
      {move.reason ? <Reason status={status} reason={move.reason} /> : null}
      {offersOf(status).includes('compare') ? <Compare move={move} /> : null}
      <Actions key={status} move={move} />
    </section>
  );
}

function Progress({ move: { embedded, texts, reason } }: { move: Move }) {
  const full = texts > 0 && embedded >= texts;
  const seconds = reason ? undefined : remaining(marks.value, texts, Date.now());
  return (
    <div>
      <progress aria-labelledby="move-title" value={texts ? Math.min(1, embedded / texts) : 0} />
      <p class="muted hint numbers">
        {[t('move.progress', { done: embedded, n: texts }), full ? t('move.filling') : left(seconds)]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}

/** Why it does not go on, and what that means for it. */
function Reason({ status, reason }: { status: Move['status']; reason: string }) {
  const then = status === 'ready' || status === 'switched' ? 'move.notSwitched' : 'move.waits';
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

type Doing = Exclude<Offer, 'compare'>;

const DO: Record<Doing, (move: Move) => (key: string) => Promise<Move>> = {
  switch:
    ({ id }) =>
    (key) =>
      switchMove(key, id),
  rollBack:
    ({ id }) =>
    (key) =>
      rollBackMove(key, id),
  goOn:
    ({ embedder, switchWhenReady }) =>
    (key) =>
      startMove(key, embedder, switchWhenReady),
  giveUp:
    ({ id }) =>
    (key) =>
      endMove(key, id),
  drop:
    ({ id }) =>
    (key) =>
      endMove(key, id),
};

function Actions({ move }: { move: Move }) {
  const [asking, setAsking] = useState<'giveUp' | 'drop'>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ offer: Doing; error: ApiError }>();
  const offers = offersOf(move.status).filter((offer) => offer !== 'compare');
  const carryOut = async (offer: Doing) => {
    if (busy) return;
    setBusy(true);
    setFailed(undefined);
    try {
      await act(DO[offer](move));
      toMove();
    } catch (thrown) {
      setFailed({ offer, error: asApiError(thrown) });
    }
    setBusy(false);
  };
  const names = { switch: move.embedder, rollBack: move.former, goOn: '', giveUp: '', drop: '' };
  return (
    <>
      {failed ? <FailedNote error={failed.error} onRetry={() => void carryOut(failed.offer)} /> : null}
      {offers.length ? (
        <div class="actions-row">
          {offers.map((offer) => (
            <button
              key={offer}
              type="button"
              class={offer === 'switch' || offer === 'goOn' ? 'primary' : dangerous(offer) ? 'danger-text' : ''}
              aria-disabled={busy}
              onClick={() => (dangerous(offer) ? setAsking(offer) : void carryOut(offer))}
            >
              {t(`move.${offer}`, { name: names[offer] })}
            </button>
          ))}
        </div>
      ) : null}
      {asking ? (
        <EndDialog
          kind={asking}
          move={move}
          onClose={() => setAsking(undefined)}
          onDo={() => {
            setAsking(undefined);
            void carryOut(asking);
          }}
        />
      ) : null}
    </>
  );
}

const dangerous = (offer: Doing): offer is 'giveUp' | 'drop' => offer === 'giveUp' || offer === 'drop';
