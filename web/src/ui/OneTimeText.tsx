import { useState } from 'preact/hooks';
import { t } from '../i18n/accounts';
import { Dialog } from './Dialog';
import { Icon } from './Icon';
import { copy } from './notifications';

interface Props {
  /** What is to be copied; several lines are shown one below the other. */
  text: string;
  /** What is read out instead of the text's own words. */
  label: string;
}

/** A text that is shown once, with a button that copies it. */
export function OneTimeText({ text, label }: Props) {
  const [copied, setCopied] = useState<boolean>();
  return (
    <section class="once" aria-label={label}>
      <code class="once-text">
        {text.split('\n').map((line) => (
          <span class="block" key={line}>
            {line}
          </span>
        ))}
      </code>
      <div class="form-actions">
        <button type="button" class="primary" onClick={async () => setCopied(await copy(text))}>
          <Icon name={copied ? 'check' : 'copy'} />
          {t(copied ? 'once.copied' : 'once.copy')}
        </button>
      </div>
      <p class="muted small" role="status">
        {copied === false ? t('once.notCopied') : copied ? <span class="off-screen">{t('once.copied')}</span> : null}
      </p>
    </section>
  );
}

interface DialogProps extends Props {
  title: string;
  explanation: string;
  onClose: () => void;
}

/** A click beside it does not close it: what it shows would be lost. */
export function OneTimeTextDialog({ title, explanation, text, label, onClose }: DialogProps) {
  return (
    <Dialog title={title} onClose={onClose} sticky>
      <p>{explanation}</p>
      <OneTimeText text={text} label={label} />
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          {t('once.close')}
        </button>
      </div>
    </Dialog>
  );
}
