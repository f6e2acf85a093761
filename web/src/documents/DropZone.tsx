import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from '../ui/Icon';
import { add } from './uploads';

/** Files can be dropped anywhere on the page; the zone shows that, and has the button for those who do not drag. */
export function DropZone({ collection }: { collection: string }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => listenForFiles(setOver, (files) => add(files, collection)), [collection]);
  return (
    <div class={over ? 'drop over' : 'drop'}>
      <Icon name="upload" />
      <p>
        <span class="drop-words">{t('documents.drop')}</span> <span class="drop-words muted">{t('documents.or')}</span>
      </p>
      <button type="button" onClick={() => input.current?.click()}>
        {t('documents.choose')}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          add(event.currentTarget.files ?? [], collection);
          event.currentTarget.value = '';
        }}
      />
      <p class="muted drop-formats">{t('documents.formats')}</p>
    </div>
  );
}

function listenForFiles(setOver: (over: boolean) => void, take: (files: File[]) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const onOver = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setOver(true);
    // The browser repeats this event while the pointer is there; leaving has no event that can be trusted.
    clearTimeout(timer);
    timer = setTimeout(() => setOver(false), 250);
  };
  const onDrop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setOver(false);
    take([...(event.dataTransfer?.files ?? [])]);
  };
  addEventListener('dragover', onOver);
  addEventListener('drop', onDrop);
  return () => {
    clearTimeout(timer);
    removeEventListener('dragover', onOver);
    removeEventListener('drop', onDrop);
  };
}
