import './operator.css';
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { notify } from '../ui/notifications';
import { OperatorSignIn } from './OperatorSignIn';
import { signedIn, signOut } from './operatorKey';

interface Props {
  /** Its heading has the id `NAME-title`. */
  name: string;
  title: string;
  intro: string;
  /** Where the focus goes when the operator has signed in. */
  onSignedIn: () => void;
  /** Forgets what only the operator may see. */
  onSignOut: () => void;
  /** Shown to everybody, such as an error. */
  note?: ComponentChildren;
  children: ComponentChildren;
}

/** A page for the operator: what it is about for everybody, its content for who has signed in. */
export function OperatorPage({ name, title, intro, onSignedIn, onSignOut, note, children }: Props) {
  const leave = () => {
    signOut();
    onSignOut();
    notify(t('operator.signedOut'));
    focusTitle(name);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroller" tabIndex={0} aria-label={title}>
      <div class="column operator-page">
        <header class="operator-head">
          <h1 id={`${name}-title`} tabIndex={-1}>
            {title}
          </h1>
          {signedIn.value ? (
            <button type="button" class="quiet" onClick={leave}>
              {t('operator.signOut')}
            </button>
          ) : null}
        </header>
        <p>{intro}</p>
        {note}
        {signedIn.value ? children : <OperatorSignIn onSignedIn={onSignedIn} />}
      </div>
    </section>
  );
}

/** Puts the focus on the heading of the page, where the control that was pressed is gone. */
export function focusTitle(name: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`#${name}-title`)?.focus());
}
