import { useEffect } from 'preact/hooks';
import type { Conversation } from '../api/types';
import { type Key, t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { useReached } from '../ui/hooks';
import { follows } from '../ui/router';
import { Skeleton } from '../ui/Skeleton';
import { ConversationMenu } from './ConversationMenu';
import { conversation } from './conversation';
import { history, historyError, historyState, loadMoreHistory } from './history';
import { retentionText } from './retention';

export function HistoryList({ onFollow }: { onFollow?: () => void }) {
  const state = historyState.value;
  useEffect(() => {
    if (historyState.value === 'unread') void loadMoreHistory();
  }, []);
  const end = useReached<HTMLDivElement>(() => void loadMoreHistory(), state === 'more' && !historyError.value);
  const groups = grouped(history.value, Date.now());
  const kept = retentionText(history.value);
  return (
    <nav class="history" aria-label={t('history.title')}>
      {groups.map(([key, items]) => (
        <section key={key}>
          <h2>{t(key)}</h2>
          <ul>
            {items.map((item) => (
              <Item key={item.id} item={item} {...(onFollow ? { onFollow } : {})} />
            ))}
          </ul>
        </section>
      ))}
      {kept ? <p class="muted small">{kept}</p> : null}
      {state === 'end' && groups.length === 0 ? <p class="muted small">{t('history.empty')}</p> : null}
      {state === 'loading' ? <Skeleton lines={4} /> : null}
      {historyError.value ? <FailedNote error={historyError.value} onRetry={() => void loadMoreHistory()} /> : null}
      <div ref={end} />
    </nav>
  );
}

function Item({ item, onFollow }: { item: Conversation; onFollow?: () => void }) {
  const open = conversation.value?.id === item.id;
  const link = follows({ page: 'conversation', id: item.id });
  return (
    <li class={open ? 'open' : undefined}>
      <a
        href={link.href}
        aria-current={open ? 'page' : undefined}
        dir="auto"
        onClick={(event) => {
          link.onClick(event);
          onFollow?.();
        }}
      >
        {item.title || t('history.untitled')}
      </a>
      <ConversationMenu item={item} />
    </li>
  );
}

const DAY = 86_400_000;

/** By the day of their last use. */
export function grouped(items: readonly Conversation[], now: number): [Key, Conversation[]][] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const keyOf = (item: Conversation): Key => {
    const used = Date.parse(item.updatedAt ?? item.createdAt);
    return used >= midnight ? 'history.today' : used >= midnight - 6 * DAY ? 'history.week' : 'history.older';
  };
  const groups = new Map<Key, Conversation[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}
