import { type Key, t } from '../i18n';
import { Dialog } from './Dialog';
import { shortcutsShown } from './shortcuts';

const KEYS: [string, Key][] = [
  ['/', 'keys.focus'],
  ['Enter', 'keys.send'],
  ['Shift + Enter', 'keys.break'],
  ['↑', 'keys.edit'],
  ['Esc', 'keys.close'],
  ['n', 'keys.new'],
  ['d', 'keys.documents'],
  ['?', 'keys.show'],
];

export function Shortcuts() {
  if (!shortcutsShown.value) return null;
  const close = () => {
    shortcutsShown.value = false;
  };
  return (
    <Dialog title={t('keys.title')} onClose={close}>
      <dl class="keys">
        {KEYS.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
