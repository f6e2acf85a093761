import { chooseLanguage, LANGUAGES, type Language, language, t } from '../i18n';
import { Icon } from './Icon';
import { follows, type Route } from './router';
import { shortcutsShown } from './shortcuts';
import { chooseTheme, type Theme, theme } from './theme';

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

export function Settings({ here, onFollow }: { here: Route; onFollow?: () => void }) {
  const embedder = follows({ page: 'embedder' });
  return (
    <details class="settings">
      <summary>
        <Icon name="settings" />
        {t('settings.title')}
      </summary>
      <fieldset class="plain-set">
        <legend>{t('settings.theme')}</legend>
        <div class="segments">
          {THEMES.map((name) => (
            <label key={name}>
              <input type="radio" name="theme" checked={theme.value === name} onChange={() => chooseTheme(name)} />
              <span>{t(`settings.${name}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label class="field">
        <span>{t('settings.language')}</span>
        <select value={language()} onChange={(event) => void chooseLanguage(event.currentTarget.value as Language)}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="plain"
        onClick={() => {
          shortcutsShown.value = true;
        }}
      >
        <Icon name="keyboard" />
        {t('keys.title')}
        <kbd>?</kbd>
      </button>
      <a
        class="button plain"
        href={embedder.href}
        aria-current={here.page === 'embedder' ? 'page' : undefined}
        onClick={(event) => {
          embedder.onClick(event);
          onFollow?.();
        }}
      >
        <Icon name="layers" />
        {t('embedder.title')}
      </a>
    </details>
  );
}
