import type { Reembedding } from '../api/embedders';
import { t } from '../i18n/administration';
import { Dialog } from '../ui/Dialog';

interface Props {
  /** Of the new index before the switch, of the old one after it. */
  kind: 'abandon' | 'drop';
  reembedding: Reembedding;
  onClose: () => void;
  onDo: () => void;
}

/** Asks before an index is deleted. */
export function DeleteIndexDialog({ kind, reembedding, onClose, onDo }: Props) {
  return (
    <Dialog
      title={t(`reembedding.${kind}Ask`, { name: kind === 'abandon' ? reembedding.embedder : reembedding.former })}
      onClose={onClose}
    >
      <p>{t(`reembedding.${kind}Text`)}</p>
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          {t('reembedding.cancel')}
        </button>
        <button type="button" class="primary danger" onClick={onDo}>
          {t(`reembedding.${kind}Do`)}
        </button>
      </div>
    </Dialog>
  );
}
