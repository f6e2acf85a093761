import { administration } from './en.administration';
import { isKey as isStartKey, type Key as StartKey } from './index';
import { textsOf } from './part';

/** With the texts of the administration. */
export const t = await textsOf(administration, {
  de: async () => (await import('./de.administration')).administration,
});

export type Key = keyof typeof administration | StartKey;

/** Whether there is such a key, for keys made of codes of the server. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(administration, key) || isStartKey(key);
}
