import { basePath } from '../api/basePath';
import { LanguageField } from '../ui/Settings';
import { ResetForm } from './ResetForm';
import { SetupForm } from './SetupForm';
import { SignInForm } from './SignInForm';
import './gate.css';

interface Props {
  page: 'sign-in' | 'setup' | 'reset';
}

/** Where somebody becomes a person that the server knows. Nothing else of the page is shown. */
export function GatePage({ page }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div class="scroller gate" tabIndex={0}>
      <div class="gate-box">
        <p class="gate-brand">
          <img src={`${basePath}/icon.svg`} alt="" width="32" height="32" />
          Lectern
        </p>
        {page === 'sign-in' ? <SignInForm /> : page === 'setup' ? <SetupForm /> : <ResetForm />}
        <div class="gate-foot">
          <LanguageField />
        </div>
      </div>
    </div>
  );
}
