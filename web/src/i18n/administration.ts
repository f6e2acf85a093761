import { administration } from './en.administration';
import { textsOf } from './part';

/** With the texts of the administration. */
export const t = await textsOf(administration, {
  de: async () => (await import('./de.administration')).administration,
});
