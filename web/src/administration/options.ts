import type { RuntimeSetting } from '../api/audit';

export function isChanged({ value, defaultValue }: RuntimeSetting): boolean {
  return value !== defaultValue;
}

/** What the field of a setting begins with: nothing of a secret, whose mask is no part of another one. */
export function editableValue({ kind, value }: RuntimeSetting): string {
  return kind === 'secret' ? '' : value;
}

/** The values of a setting that has few of them, as its bounds name them, with the present one; none of one that is typed. */
export function choicesOf({ kind, bounds, value }: RuntimeSetting): string[] {
  const [, list] = /^one of (.+)$/i.exec(bounds) ?? [];
  if (kind !== 'choice' || !list) return [];
  const choices = list.split(/,| or /).map((name) => name.trim());
  return choices.includes(value) ? choices : [...choices, value];
}
