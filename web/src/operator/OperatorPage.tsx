import './operator.css';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/administration';
import { goToSignIn, isOpen, session, user } from '../session/session';
import { notify } from '../ui/notifications';
import { pageTitle } from '../ui/pageTitle';
import { AdministrationNav } from './AdministrationNav';
import { OperatorSignIn } from './OperatorSignIn';
import { hasKey, signedIn, signOut } from './operatorKey';

interface Props {
  /** Its heading has the id `NAME-title`. */
  name: string;
  title: string;
  intro: string;
  /** Where the focus goes when the operator has signed in; the heading without it. */
  onSignedIn?: () => void;
  /** Forgets what only an administrator may see. */
  onSignOut?: () => void;
  /** Shown to everybody who may sign in here, such as an error. */
  note?: ComponentChildren;
  children: ComponentChildren;
}

/** A page of the administration: its content for administrators, and the operator key as the way in of an open server. */
export function OperatorPage({ name, title, intro, onSignedIn, onSignOut, note, children }: Props) {
  useEffect(() => {
    pageTitle.value = title;
    return () => {
      pageTitle.value = undefined;
    };
  }, [title]);
  const leave = () => {
    signOut();
    onSignOut?.();
    notify(t('operator.signedOut'));
    focusTitle(name);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroller" tabIndex={0} aria-label={title}>
      <div class="column operator-page">
        {signedIn.value ? <AdministrationNav /> : null}
        <header class="operator-head">
          <h1 id={`${name}-title`} tabIndex={-1}>
            {title}
          </h1>
          {hasKey.value ? (
            <button type="button" class="quiet" onClick={leave}>
              {t('operator.signOut')}
            </button>
          ) : null}
        </header>
        <p>{intro}</p>
        {signedIn.value ? (
          <>
            {note}
            {children}
          </>
        ) : isOpen.value && !user.value ? (
          <>
            {note}
            <OperatorSignIn onSignedIn={onSignedIn ?? (() => focusTitle(name))} />
          </>
        ) : (
          <Refused />
        )}
      </div>
    </section>
  );
}

/** For who is no administrator; who is not known is asked to sign in. */
function Refused() {
  const known = session.value !== undefined;
  const person = user.value;
  useEffect(() => {
    if (known && !person) goToSignIn();
  }, [known, person]);
  return <p class="note">{t('admin.refused')}</p>;
}

/** Puts the focus on the heading of the page, where the control that was pressed is gone. */
export function focusTitle(name: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`#${name}-title`)?.focus());
}
