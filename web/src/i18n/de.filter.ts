import type { Text } from './en';
import type { filter as english } from './en.filter';

/** The German strings of choosing which documents a question is asked to. */
export const filter: Record<keyof typeof english, Text> = {
  'filter.open': 'Nur einige Dokumente fragen',
  'filter.title': 'Nur einige Dokumente fragen',
  'filter.text':
    'Durchsucht werden nur Dokumente, auf die jede Auswahl zutrifft. Von mehreren Werten eines Feldes genügt einer.',
  'filter.active': 'Nur Dokumente mit',
  'filter.remove': '„{condition}“ entfernen',
  'filter.removeAll': 'Alle Dokumente fragen',
  'filter.apply': 'Anwenden',
  'filter.passing': { one: 'Ein Dokument passt dazu', other: '{n} Dokumente passen dazu' },
  'filter.passingNone': 'Kein Dokument passt dazu',
  'filter.none':
    'Die Dokumente haben nichts, wonach gewählt werden kann. Geben Sie ihnen auf ihren Seiten Schlagwörter.',
  'filter.some': 'Angeboten werden die Felder der ersten {n} Sammlungen. Wählen Sie eine Sammlung, um ihre zu sehen.',
  'filter.more': { one: 'Ein weiteres Feld', other: '{n} weitere Felder' },
  'filter.other': 'Anderer Wert von „{field}“',
  'filter.otherShort': 'Anderer Wert',
  'filter.from': 'Von',
  'filter.to': 'Bis',
  'filter.known': 'Die Dokumente haben {from} bis {to}.',
  'filter.or': 'oder',
  'filter.others': { one: 'ein weiterer', other: '{n} weitere' },
  'filter.between': '{from} bis {to}',
  'filter.since': 'ab {from}',
  'filter.until': 'bis {to}',
  'filter.tooMany': 'Ein Filter hat höchstens {n} Auswahlen. Entfernen Sie einige.',
  'filter.fault.order': 'Das Ende liegt vor dem Anfang. Tauschen Sie beide.',
  'filter.fault.number': 'Geben Sie eine Zahl ein, etwa 12.5.',
  'filter.fault.values': 'Es können höchstens {n} Werte gewählt werden. Entfernen Sie einige.',

  'abstain.filtered':
    'Nur einige Dokumente wurden durchsucht, nämlich mit {filter}. Vielleicht steht die Antwort in einem anderen.',
  'abstain.unfiltered': 'Alle Dokumente fragen',
};
