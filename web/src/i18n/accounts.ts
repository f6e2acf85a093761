import { accounts } from './en.accounts';
import { textsOf } from './part';

/** With the texts of signing in, of one's own account, and of API keys. */
export const t = await textsOf(accounts, { de: async () => (await import('./de.accounts')).accounts });
