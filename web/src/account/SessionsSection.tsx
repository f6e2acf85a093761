import { type AccountSession, endSession, listSessions } from '../api/account';
import { asApiError } from '../api/problem';
import { t } from '../i18n/accounts';
import { FailedNote, wordsOf } from '../ui/ErrorNote';
import { notify } from '../ui/notifications';
import { Skeleton } from '../ui/Skeleton';
import { formatTime } from '../ui/times';
import { useLoaded } from '../ui/useLoaded';
import { browserOf } from './userAgent';

/** Where one is signed in. */
export function SessionsSection() {
  const loaded = useLoaded((signal) => listSessions(signal), []);
  const sessions = loaded.value?.items;
  const end = async ({ id }: AccountSession) => {
    try {
      await endSession(id);
      notify(t('sessions.ended'));
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.code !== 'not_found') notify(wordsOf(error.problem));
    }
    loaded.refresh();
  };
  return (
    <section class="part" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('sessions.title')}</h2>
      <p class="small">{t('sessions.text')}</p>
      {loaded.error ? <FailedNote error={loaded.error} onRetry={loaded.retry} /> : null}
      {sessions ? (
        <ul class="rows">
          {sessions.map((one) => (
            <SessionRow key={one.id} session={one} onEnd={() => void end(one)} />
          ))}
        </ul>
      ) : loaded.error ? null : (
        <Skeleton lines={2} />
      )}
    </section>
  );
}

function SessionRow({ session, onEnd }: { session: AccountSession; onEnd: () => void }) {
  const name = browserOf(session.userAgent) ?? t('sessions.unknown');
  return (
    <li class="row">
      <div class="row-main">
        <p class="row-title">
          {name}
          {session.isCurrent ? <span class="label on">{t('sessions.current')}</span> : null}
        </p>
        <p class="row-facts">
          {session.address ? <span>{session.address}</span> : null}
          <span>{t('sessions.used', { time: formatTime(session.lastUsedAt) })}</span>
          <span>{t('sessions.began', { time: formatTime(session.createdAt) })}</span>
        </p>
      </div>
      {session.isCurrent ? null : (
        <button type="button" aria-label={t('sessions.endOf', { name })} onClick={onEnd}>
          {t('sessions.end')}
        </button>
      )}
    </li>
  );
}
