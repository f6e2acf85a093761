import type { Text } from './en';
import type { operator as english } from './en.operator';

/** The German strings of signing in as the operator. */
export const operator: Record<keyof typeof english, Text> = {
  'operator.text':
    'Diese Seite ist für die Verwaltung. Ohne Konto können Sie sich mit dem Schlüssel des Servers anmelden.',
  'operator.key': 'Schlüssel des Betreibers',
  'operator.where':
    'Der Schlüssel steht in der Datei „key“ des Datenordners. Nur dieser Tab speichert ihn, bis Sie sich abmelden, die Seite neu laden oder den Tab schließen.',
  'operator.signIn': 'Als Betreiber anmelden',
  'operator.signingIn': 'Wird angemeldet',
  'operator.signOut': 'Als Betreiber abmelden',
  'operator.signedOut': 'Abgemeldet. Der Schlüssel wurde aus diesem Tab entfernt.',
  'operator.wrong':
    'Dieser Schlüssel passt nicht zu diesem Server. Kopieren Sie den ganzen Inhalt der Datei „key“ in seinem Datenordner.',
};
