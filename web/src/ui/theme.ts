import { signal } from '@preact/signals';
import { readSetting, writeSetting } from './settings';

export type Theme = 'system' | 'light' | 'dark';

const stored = readSetting('theme');
export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system');

export function chooseTheme(wanted: Theme): void {
  theme.value = wanted;
  writeSetting('theme', wanted);
  if (wanted === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
}
