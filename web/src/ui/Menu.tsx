import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, IconButton, type IconName } from './Icon';

export type MenuItem = { icon: IconName; label: string; danger?: boolean } & (
  | { onSelect: () => void }
  | { href: string; download?: boolean }
);

interface Props {
  label: string;
  items: MenuItem[];
  icon?: IconName;
}

/** A button that opens a short list of actions beside it, over everything else. Arrows move, Esc closes. */
export function Menu({ label, items, icon = 'more' }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    if (!open || !root.current || !list.current) return;
    list.current.showPopover();
    place(list.current, root.current.getBoundingClientRect());
    list.current.querySelector<HTMLElement>('button, a')?.focus();
  }, [open]);

  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (!(event.target instanceof Node) || !root.current?.contains(event.target)) setOpen(false);
    };
    addEventListener('pointerdown', leave);
    addEventListener('focusin', leave);
    addEventListener('resize', leave);
    addEventListener('scroll', leave, true);
    return () => {
      removeEventListener('pointerdown', leave);
      removeEventListener('focusin', leave);
      removeEventListener('resize', leave);
      removeEventListener('scroll', leave, true);
    };
  }, [open]);

  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls inside come up to here.
    <div
      class="menu"
      ref={root}
      onKeyDown={(event) => {
        if (!open) return;
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          step(list.current, event.key === 'ArrowDown' ? 1 : -1);
        }
      }}
    >
      <IconButton icon={icon} label={label} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)} />
      {open ? (
        <ul class="menu-list" id={id} ref={list} popover="manual">
          {items.map((item) => (
            <li key={item.label}>
              <Entry item={item} close={close} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Entry({ item, close }: { item: MenuItem; close: () => void }) {
  const inside = (
    <>
      <Icon name={item.icon} />
      {item.label}
    </>
  );
  if ('href' in item)
    return (
      <a
        href={item.href}
        onClick={close}
        {...(item.download ? { download: '' } : { target: '_blank', rel: 'noopener' })}
      >
        {inside}
      </a>
    );
  const select = () => {
    close();
    item.onSelect();
  };
  return (
    <button type="button" class={item.danger ? 'danger' : undefined} onClick={select}>
      {inside}
    </button>
  );
}

function step(list: HTMLElement | null, by: number): void {
  const entries = [...(list?.querySelectorAll<HTMLElement>('button, a') ?? [])];
  const at = entries.indexOf(document.activeElement as HTMLElement);
  entries[(at + by + entries.length) % entries.length]?.focus();
}

/** Below the button, or above it where there is no room, and inside the window. */
export function place(box: HTMLElement, beside: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = beside.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, beside.top - height - 4) : below;
  const left = Math.max(8, Math.min(beside.left, innerWidth - width - 8));
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
}
