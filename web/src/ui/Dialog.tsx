import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { IconButton } from './Icon';

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** `sheet` comes from below, `drawer` from the side. */
  kind?: 'box' | 'sheet' | 'drawer';
  /** The children bring their own heading. */
  bare?: boolean;
  /** A click beside it does not close it, because it shows what is shown once. */
  sticky?: boolean;
}

/** A modal dialog: the browser keeps the focus in it, Esc and a click beside it close it, and the focus goes back to where it was. */
export function Dialog({ title, onClose, children, kind = 'box', bare = false, sticky = false }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const closing = useRef(false);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      // It goes away for another reason, such as a wider window: that is not the reader who closes it.
      closing.current = true;
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way, by the browser.
    <dialog
      ref={ref}
      class={`dialog ${kind}`}
      {...(bare ? { 'aria-label': title } : { 'aria-labelledby': id })}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => closing.current || onClose()}
      onClick={(event) => event.target === ref.current && !sticky && onClose()}
    >
      <div class="dialog-body">
        {bare ? null : (
          <div class="dialog-head">
            <h2 id={id}>{title}</h2>
            <IconButton icon="close" label={t('nav.close')} onClick={onClose} />
          </div>
        )}
        {children}
      </div>
    </dialog>
  );
}
