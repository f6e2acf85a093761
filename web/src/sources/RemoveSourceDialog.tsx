import type { Source } from '../api/sources';
import { t } from '../i18n/administration';
import { Dialog } from '../ui/Dialog';
import { FilePath } from './FilePath';

interface Props {
  source: Source;
  onClose: () => void;
  onRemove: () => void;
}

/** Asks before a folder with its documents is removed. */
export function RemoveSourceDialog({ source, onClose, onRemove }: Props) {
  return (
    <Dialog title={t('sources.removeAsk')} onClose={onClose}>
      <p class="finding-path" dir="ltr">
        <FilePath path={source.path} />
      </p>
      <p>{t('sources.removeText', { n: source.documents })}</p>
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          {t('sources.keep')}
        </button>
        <button type="button" class="primary danger" onClick={onRemove}>
          {t('sources.removeDo')}
        </button>
      </div>
    </Dialog>
  );
}
