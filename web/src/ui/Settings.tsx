import { chooseLanguage, LANGUAGES, type Language, language, t } from '../i18n';
import { Icon, type IconName } from './Icon';
import { follows, type Route } from './router';
import { shortcutsShown } from './shortcuts';
import { chooseTheme, type Theme, theme } from './theme';

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

export function Settings({ here, onFollow }: { here: Route; onFollow?: () => void }) {
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
      <SettingsLink here={here} page="sources" icon="folder" label={t('sources.title')} onFollow={onFollow} />
      <SettingsLink here={here} page="embedder" icon="layers" label={t('embedder.title')} onFollow={onFollow} />
    </details>
  );
}

interface LinkProps {
  here: Route;
  page: 'embedder' | 'sources';
  icon: IconName;
  label: string;
  onFollow: (() => void) | undefined;
}

/** To a page of the operator. */
function SettingsLink({ here, page, icon, label, onFollow }: LinkProps) {
  const link = follows({ page });
  return (
    <a
      class="button plain"
      href={link.href}
      aria-current={here.page === page ? 'page' : undefined}
      onClick={(event) => {
        link.onClick(event);
        onFollow?.();
      }}
    >
      <Icon name={icon} />
      {label}
    </a>
  );
}
