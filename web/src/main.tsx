import { render } from 'preact';
import './ui/styles/index.css';
import { loadCollections } from './documents/collections';
import { adoptLanguageOfReader } from './i18n';
import { App } from './ui/App';

const root = document.getElementById('app');
void loadCollections();
void adoptLanguageOfReader().then(() => root && render(<App />, root));
