import type { DocumentWarning } from '../api/types';
import { Icon } from '../ui/Icon';
import { warningWords } from './warning';

/** Says that a text is perhaps not what its file has at present. Nothing without a warning; a span, to stand in controls, too. */
export function TextWarning({ warning }: { warning: DocumentWarning | undefined }) {
  return warning ? (
    <span class="text-warning">
      <Icon name="warning" />
      {warningWords(warning)}
    </span>
  ) : null;
}
