import { chooseLanguage, LANGUAGES, type Language, language, t } from '../i18n';
import { goToSignIn, isAdministrator, isOpen, session, user } from '../session/session';
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
      <LanguageField />
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
      {isOpen.value && !user.value && !isAdministrator.value ? (
        <PlainLink to={ADMINISTRATION} here={here} icon="key" label={t('nav.administration')} onFollow={onFollow} />
      ) : null}
    </details>
  );
}

export function LanguageField() {
  return (
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
  );
}

/** The start of the administration. */
const ADMINISTRATION: Route = { page: 'administration', section: 'people' };

/** Who is signed in, the sign-in where there are accounts, and the administration for who may see it. */
export function AccountLinks({ here, onFollow }: { here: Route; onFollow?: () => void }) {
  const person = user.value;
  const known = session.value;
  const links = [
    isAdministrator.value ? (
      <PlainLink to={ADMINISTRATION} here={here} icon="key" label={t('nav.administration')} onFollow={onFollow} />
    ) : null,
    person ? (
      <PlainLink to={{ page: 'account' }} here={here} icon="person" label={person.displayName} onFollow={onFollow} />
    ) : known && (!known.needsSetup || !known.isAdministrator) ? (
      <PlainLink to={{ page: 'sign-in' }} here={here} icon="person" label={t('nav.signIn')} onFollow={onFollow} />
    ) : null,
  ].filter((link) => link !== null);
  return links.length ? <div class="account-links">{links}</div> : null;
}

interface LinkProps {
  here: Route;
  to: Route;
  icon: IconName;
  label: string;
  onFollow: (() => void) | undefined;
}

function PlainLink({ here, to, icon, label, onFollow }: LinkProps) {
  const link = to.page === 'sign-in' ? { ...follows(to), onClick: signInFrom } : follows(to);
  return (
    <a
      class="button plain"
      href={link.href}
      aria-current={here.page === to.page ? 'page' : undefined}
      onClick={(event) => {
        link.onClick(event);
        onFollow?.();
      }}
    >
      <Icon name={icon} />
      <span class="plain-label">{label}</span>
    </a>
  );
}

/** Remembers the page, so that the reader comes back to it. */
function signInFrom(event: MouseEvent): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goToSignIn();
}
