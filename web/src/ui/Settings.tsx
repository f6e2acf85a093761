import { chooseLanguage, LANGUAGES, type Language, language, t } from '../i18n';
import { Icon } from './Icon';
import { shortcutsShown } from './shortcuts';
import { chooseTheme, type Theme, theme } from './theme';

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

export function Settings() {
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
    </details>
  );
}
