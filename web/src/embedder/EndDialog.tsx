import type { Move } from '../api/embedders';
import { t } from '../i18n';
import { Dialog } from '../ui/Dialog';

interface Props {
  /** Of the new index before the switch, of the old one after it. */
  kind: 'giveUp' | 'drop';
  move: Move;
  onClose: () => void;
  onDo: () => void;
}

/** Asks before an index is deleted. */
export function EndDialog({ kind, move, onClose, onDo }: Props) {
  return (
    <Dialog title={t(`move.${kind}Ask`, { name: kind === 'giveUp' ? move.embedder : move.former })} onClose={onClose}>
      <p>{t(`move.${kind}Text`)}</p>
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          {t('move.cancel')}
        </button>
        <button type="button" class="primary danger" onClick={onDo}>
          {t(`move.${kind}Do`)}
        </button>
      </div>
    </Dialog>
  );
}
