import type { Text } from './en';

/** The strings of signing in as the operator. */
export const operator = {
  'operator.text':
    'This page is for administrators. Without an account, you can sign in with the operator key of the server.',
  'operator.key': 'Operator key',
  'operator.where':
    'The key is in the file “key” of the data folder. Only this tab stores it, until you sign out, reload the page or close the tab.',
  'operator.signIn': 'Sign in as operator',
  'operator.signingIn': 'Signing in',
  'operator.signOut': 'Sign out as operator',
  'operator.signedOut': 'Signed out. The key was removed from this tab.',
  'operator.wrong': 'This key does not match this server. Copy the whole content of the file “key” in its data folder.',
} as const satisfies Record<string, Text>;
