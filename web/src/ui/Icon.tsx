import type { ButtonHTMLAttributes } from 'preact';

/** One set of line icons, 20 px, drawn with the text's colour. Always beside a label or in a control with a name. */
const PATHS = {
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'M5 5l10 10M15 5L5 15',
  plus: 'M10 4v12M4 10h12',
  chat: 'M3.5 4.5h13v9.5h-8L5 17v-3H3.5z',
  files: 'M6.5 2.5h6l4 4v9h-10zM12.5 2.5v4h4M6.5 5.5h-3v12h10v-2',
  folder: 'M2.5 5v10.5h15V7H10L8 4.5H2.5z',
  file: 'M5 2.5h6.5l3.5 3.5v11.5H5zM11.5 2.5V6H15',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M11 4v4M7 12v4',
  send: 'M10 16.5v-13M4.5 9L10 3.5 15.5 9',
  stop: 'M5.5 5.5h9v9h-9z',
  copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
  check: 'M4 10.5l4 4 8-9',
  edit: 'M3.5 16.5l.8-3.8L13.5 3.5l3 3-9.2 9.2zM11.5 5.5l3 3',
  retry: 'M16 10a6 6 0 1 1-2-4.5M16.5 3v3.5H13',
  up: 'M3 9h3v7.5H3zM6 9l3.5-6.5c1.5 0 2.2 1 2 2.3L11 8h4.8c.9 0 1.4.8 1.2 1.6l-1.4 5.6c-.2.8-.8 1.3-1.6 1.3H6',
  down: 'M3 11h3V3.5H3zM6 11l3.5 6.5c1.5 0 2.2-1 2-2.3L11 12h4.8c.9 0 1.4-.8 1.2-1.6l-1.4-5.6c-.2-.8-.8-1.3-1.6-1.3H6',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  trash: 'M3.5 5.5h13M8 5.5V3h4v2.5M5.5 5.5l.8 11.5h7.4l.8-11.5M8.5 8.5v5.5M11.5 8.5v5.5',
  download: 'M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13',
  upload: 'M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13',
  external: 'M8 4H3.5v12.5H16V12M11.5 3.5h5v5M16.5 3.5L9 11',
  left: 'M12.5 4L6.5 10l6 6',
  right: 'M7.5 4l6 6-6 6',
  search: 'M8.5 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM12.5 12.5L17 17',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v5M10 6.2v.1',
  warning: 'M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.1',
  filter: 'M3 4.5h14l-5.5 6.5v4.5l-3 2V11z',
  layers: 'M10 3l7.5 3.8L10 10.6 2.5 6.8zM2.5 10.2L10 14l7.5-3.8M2.5 13.6l7.5 3.8 7.5-3.8',
  key: 'M13 3.5a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM10.2 9.8l-6.7 6.7M5.5 14.5l2 2M8 12l1.7 1.7',
  person: 'M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3.5 17c.5-3.2 3-5 6.5-5s6 1.8 6.5 5',
  people:
    'M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2 16.5c.4-2.9 2.5-4.5 5.5-4.5s5.1 1.6 5.5 4.5M13 4.2a2.8 2.8 0 0 1 0 5.2M15 12.4c1.7.7 2.7 2.1 3 4.1',
  keyboard: 'M2.5 5h15v10h-15zM5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M6.5 12h7',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={name === 'more' ? 'icon dots' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** A round control that shows only an icon: its name is read out and shown on hover. */
export function IconButton({
  icon,
  label,
  class: extra = '',
  ...rest
}: { icon: IconName; label: string; class?: string } & ButtonHTMLAttributes) {
  return (
    <button type="button" class={`icon-button ${extra}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
