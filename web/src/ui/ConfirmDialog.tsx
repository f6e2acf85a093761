import { t } from '../i18n';
import { Dialog } from './Dialog';
import { Form } from './Form';

interface Props {
  title: string;
  text: string;
  action: string;
  /** Rejects with an ApiError. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something is taken away. */
export function ConfirmDialog({ title, text, action, onConfirm, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <Form
        onSubmit={onConfirm}
        action={{ rest: action, busy: action, danger: true }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
      >
        {null}
      </Form>
    </Dialog>
  );
}
