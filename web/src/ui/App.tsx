import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { basePath } from '../api/basePath';
import { waitingUntil } from '../api/quota';
import { ChatPage } from '../chat/ChatPage';
import { ConversationMenu } from '../chat/ConversationMenu';
import { conversation } from '../chat/conversation';
import { HistoryList } from '../chat/HistoryList';
import { closeSource, source } from '../chat/source';
import { t } from '../i18n';
import { Dialog } from './Dialog';
import { MIDDLE, useMedia, WIDE } from './hooks';
import { Icon, IconButton } from './Icon';
import { InsecureNotice } from './InsecureNotice';
import { lazy } from './lazy';
import { notice } from './notifications';
import { pageTitle } from './pageTitle';
import { follows, isGate, type Route, route } from './router';
import { AccountLinks, Settings } from './Settings';
import { Shortcuts } from './Shortcuts';
import { focusComposer, listenForShortcuts } from './shortcuts';

const AccountPage = lazy(() => import('../account/AccountPage').then((module) => module.AccountPage));
const Administration = lazy(() => import('../administration/Administration').then((module) => module.Administration));
const DocumentPage = lazy(() => import('../documents/DocumentPage').then((module) => module.DocumentPage));
const DocumentsPage = lazy(() => import('../documents/DocumentsPage').then((module) => module.DocumentsPage));
const GatePage = lazy(() => import('../session/GatePage').then((module) => module.GatePage));
const SourcePanel = lazy(() => import('../chat/SourcePanel').then((module) => module.SourcePanel));
const SourcesPage = lazy(() => import('../sources/SourcesPage').then((module) => module.SourcesPage));
const drawerShown = signal(false);

export function App() {
  const wide = useMedia(WIDE);
  const here = route.value;
  useEffect(listenForShortcuts, []);
  useEffect(() => {
    const name = titleOf(here) ?? conversation.value?.title;
    document.title = name ? `${name} – Lectern` : 'Lectern';
  });
  const words = notice.value || (waitingUntil.value ? t('error.waiting') : '');
  const close = () => {
    drawerShown.value = false;
  };
  if (isGate(here))
    return (
      <div class="app">
        <div class="page">
          <InsecureNotice />
          <main id="main" tabIndex={-1}>
            <GatePage key={here.page} page={here.page} />
          </main>
        </div>
        <Notice words={words} />
      </div>
    );
  return (
    <div class="app">
      <a class="skip" href="#main">
        {t('app.skip')}
      </a>
      {wide ? (
        <aside class="sidebar" aria-label={t('nav.menu')}>
          <SideContent here={here} />
        </aside>
      ) : null}
      {!wide && drawerShown.value ? (
        <Dialog kind="drawer" bare title={t('nav.menu')} onClose={close}>
          <SideContent here={here} onFollow={close} />
        </Dialog>
      ) : null}
      <div class="page">
        <InsecureNotice />
        <TopBar here={here} wide={wide} />
        <main id="main" tabIndex={-1}>
          {here.page === 'documents' ? (
            <DocumentsPage />
          ) : here.page === 'document' ? (
            <DocumentPage key={here.id} id={here.id} />
          ) : here.page === 'account' ? (
            <AccountPage />
          ) : here.page === 'administration' ? (
            <Administration section={here.section} />
          ) : here.page === 'sources' ? (
            <SourcesPage />
          ) : (
            <ChatPage id={here.page === 'conversation' ? here.id : undefined} />
          )}
        </main>
      </div>
      {titleOf(here) ? null : <Source />}
      <Shortcuts />
      <Notice words={words} />
    </div>
  );
}

function Notice({ words }: { words: string }) {
  return (
    <p class={words ? 'notice shown' : 'notice'} role="status">
      {words}
    </p>
  );
}

/** Of the pages beside the conversations. */
function titleOf(here: Route): string | undefined {
  if (here.page === 'documents') return t('nav.documents');
  if (here.page === 'document') return pageTitle.value ?? t('nav.documents');
  if (here.page === 'account') return t('nav.account');
  if (here.page === 'administration' || here.page === 'sources') return pageTitle.value ?? t('nav.administration');
  return isGate(here) ? t('nav.signIn') : undefined;
}

function TopBar({ here, wide }: { here: Route; wide: boolean }) {
  const open = here.page === 'conversation' ? conversation.value : undefined;
  if (wide && !open) return null;
  const link = follows({ page: 'home' });
  return (
    <header class="top">
      {wide ? null : <IconButton icon="menu" label={t('nav.menu')} onClick={() => (drawerShown.value = true)} />}
      <p class="top-title" dir="auto">
        {open ? open.title || t('history.untitled') : (titleOf(here) ?? 'Lectern')}
      </p>
      {open ? <ConversationMenu item={open} /> : null}
      {wide || here.page === 'home' ? null : (
        <a class="icon-button" href={link.href} onClick={link.onClick} aria-label={t('nav.new')} title={t('nav.new')}>
          <Icon name="plus" />
        </a>
      )}
    </header>
  );
}

function SideContent({ here, onFollow }: { here: Route; onFollow?: () => void }) {
  const home = follows({ page: 'home' });
  const documents = follows({ page: 'documents' });
  const then = (link: typeof home) => (event: MouseEvent) => {
    link.onClick(event);
    onFollow?.();
  };
  return (
    <>
      <div class="brand">
        <img src={`${basePath}/icon.svg`} alt="" width="24" height="24" />
        <span>Lectern</span>
        {onFollow ? <IconButton icon="close" label={t('nav.close')} onClick={onFollow} /> : null}
      </div>
      <nav class="main-nav" aria-label={t('nav.main')}>
        <a
          href={home.href}
          aria-current={here.page === 'home' ? 'page' : undefined}
          onClick={(event) => {
            then(home)(event);
            requestAnimationFrame(focusComposer);
          }}
        >
          <Icon name="plus" />
          {t('nav.new')}
        </a>
        <a
          href={documents.href}
          aria-current={here.page === 'documents' ? 'page' : here.page === 'document' ? 'true' : undefined}
          onClick={then(documents)}
        >
          <Icon name="files" />
          {t('nav.documents')}
        </a>
      </nav>
      <HistoryList {...(onFollow ? { onFollow } : {})} />
      <AccountLinks here={here} {...(onFollow ? { onFollow } : {})} />
      <Settings here={here} {...(onFollow ? { onFollow } : {})} />
    </>
  );
}

/** Beside the answer, or over it where there is no room. */
function Source() {
  const beside = useMedia(MIDDLE);
  const open = source.value;
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) closeSource();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);
  if (!open) return null;
  if (beside)
    return (
      <aside class="source" aria-label={t('source.title')}>
        <SourcePanel open={open} />
      </aside>
    );
  return (
    <Dialog kind="sheet" bare title={t('source.title')} onClose={closeSource}>
      <SourcePanel open={open} />
    </Dialog>
  );
}
