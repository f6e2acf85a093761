import { render } from 'preact';
import './ui/styles/index.css';
import { loadCollections } from './documents/collections';
import { adoptLanguageOfReader } from './i18n';
import { loadSession, returnFromProvider, session } from './session/session';
import { App } from './ui/App';

/** Milliseconds that the page waits for the session; what depends on it appears later then. */
const PATIENCE = 1000;

const root = document.getElementById('app');

/** Who is signed in. A private server refuses the collections to others, which leads to the sign-in before anything else is shown. */
async function findReader(): Promise<void> {
  const collections = loadCollections();
  await loadSession();
  returnFromProvider();
  if (session.value?.mode === 'private' && !session.value.user) await collections;
}

const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
void Promise.all([adoptLanguageOfReader(), Promise.race([findReader(), late])]).then(
  () => root && render(<App />, root),
);
