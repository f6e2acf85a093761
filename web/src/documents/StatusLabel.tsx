import { t } from '../i18n';
import { Icon } from '../ui/Icon';
import type { Upload } from './uploads';

export type Status = Exclude<Upload['state'], 'waiting'>;

/** A word with a sign of its own, so that the colour is never all there is. */
export function StatusLabel({ status }: { status: Status }) {
  return (
    <span class={`status ${status}`}>
      {status === 'failed' || status === 'conflict' ? <Icon name="warning" /> : null}
      {status === 'done' || status === 'existing' ? <Icon name="check" /> : null}
      {status === 'running' || status === 'uploading' || status === 'queued' ? <span class="dot" /> : null}
      {t(`status.${status}`)}
    </span>
  );
}
