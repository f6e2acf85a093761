import { useState } from 'preact/hooks';
import { encode } from 'uqr';
import {
  type Account,
  confirmSecondFactor,
  removeSecondFactor,
  type SecondFactorSetup,
  startSecondFactor,
} from '../api/account';
import type { ApiError } from '../api/problem';
import type { Problem } from '../api/types';
import { t } from '../i18n/accounts';
import { Dialog } from '../ui/Dialog';
import { Field, Form } from '../ui/Form';
import { notify } from '../ui/notifications';
import { OneTimeTextDialog } from '../ui/OneTimeText';
import { wrongPassword } from './PasswordSection';

interface Props {
  account: Account;
  onChange: () => void;
}

type Step = 'none' | 'password' | 'remove' | SecondFactorSetup | { recoveryCodes: string[] };

/** Codes of an app beside the password. */
export function SecondFactorSection({ account, onChange }: Props) {
  const [step, setStep] = useState<Step>('none');
  const close = () => setStep('none');
  return (
    <section class="part" aria-labelledby="factor-title">
      <h2 id="factor-title">{t('factor.title')}</h2>
      <p class="small">
        {t(account.hasSecondFactor ? 'factor.on' : 'factor.off')}
        {account.hasSecondFactor && account.recoveryCodes !== undefined
          ? ` ${t('factor.left', { n: account.recoveryCodes })}`
          : null}
      </p>
      <div class="form-actions">
        {account.hasSecondFactor ? (
          <button type="button" class="danger-text" onClick={() => setStep('remove')}>
            {t('factor.remove')}
          </button>
        ) : (
          <button type="button" onClick={() => setStep('password')}>
            {t('factor.setUp')}
          </button>
        )}
      </div>
      {step === 'password' ? (
        <PasswordDialog
          title={t('factor.setUp')}
          text={t('factor.passwordText')}
          action={t('factor.continue')}
          onClose={close}
          onPassword={async (password) => setStep(await startSecondFactor(password))}
        />
      ) : step === 'remove' ? (
        <PasswordDialog
          title={t('factor.remove')}
          text={t('factor.removeText')}
          action={t('factor.remove')}
          danger
          withCode
          onClose={close}
          onPassword={async (password, code) => {
            await removeSecondFactor(password, code);
            notify(t('factor.removed'));
            onChange();
            close();
          }}
        />
      ) : step === 'none' ? null : 'secret' in step ? (
        <SetupDialog setup={step} onClose={close} onConfirmed={(recoveryCodes) => setStep({ recoveryCodes })} />
      ) : (
        <OneTimeTextDialog
          title={t('factor.codes')}
          explanation={t('factor.codesText')}
          label={t('factor.codes')}
          text={step.recoveryCodes.join('\n')}
          onClose={() => {
            notify(t('factor.turnedOn'));
            onChange();
            close();
          }}
        />
      )}
    </section>
  );
}

interface PasswordProps {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  /** Whether a code of the present second factor is asked for too. */
  withCode?: boolean;
  onPassword: (password: string, code: string) => Promise<void>;
  onClose: () => void;
}

function PasswordDialog({ title, text, action, danger = false, withCode, onPassword, onClose }: PasswordProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <Form
        onSubmit={() => onPassword(password, code.trim())}
        action={{ rest: action, busy: action, danger }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
        describe={wrongProof}
      >
        <Field
          label={t('account.current')}
          type="password"
          value={password}
          onInput={setPassword}
          autocomplete="current-password"
          required
          focus
        />
        {withCode ? (
          <Field
            label={t('factor.codeOrRecovery')}
            value={code}
            onInput={setCode}
            autocomplete="one-time-code"
            required
            plain
          />
        ) : null}
      </Form>
    </Dialog>
  );
}

function wrongProof(error: ApiError): Problem {
  if (error.code === 'sign_in_unavailable') return { ...error.problem, detail: t('signIn.codeUnavailable') };
  const wrongCode = error.code === 'invalid_request' && error.problem.errors?.some(({ field }) => field === 'code');
  return wrongCode ? { ...error.problem, detail: t('signIn.codeWrong') } : wrongPassword(error);
}

interface SetupProps {
  setup: SecondFactorSetup;
  onConfirmed: (recoveryCodes: string[]) => void;
  onClose: () => void;
}

function SetupDialog({ setup, onConfirmed, onClose }: SetupProps) {
  const [code, setCode] = useState('');
  const confirm = async () => onConfirmed((await confirmSecondFactor(code.replaceAll(/\s/g, ''))).recoveryCodes);
  return (
    <Dialog title={t('factor.setUp')} onClose={onClose} sticky>
      <p>{t('factor.scan')}</p>
      <QrCode text={setup.uri} label={t('factor.picture')} />
      <dl class="facts factor-key">
        <div>
          <dt>{t('factor.key')}</dt>
          <dd>
            <code>{setup.secret.match(/.{1,4}/g)?.join(' ')}</code>
          </dd>
        </div>
      </dl>
      <p class="small">
        <a href={setup.uri}>{t('factor.open')}</a>
      </p>
      <Form
        onSubmit={confirm}
        action={{ rest: t('factor.confirm'), busy: t('factor.confirm') }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
        describe={({ code: name, problem }) =>
          name === 'invalid_request' ? { ...problem, detail: t('factor.codeWrong') } : problem
        }
      >
        <Field
          label={t('factor.code')}
          value={code}
          onInput={setCode}
          inputMode="numeric"
          autocomplete="one-time-code"
          required
          plain
          focus
        />
      </Form>
    </Dialog>
  );
}

/** Dark on light in every theme: many apps do not read the opposite. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 3 });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path d={dark.join('')} />
    </svg>
  );
}
