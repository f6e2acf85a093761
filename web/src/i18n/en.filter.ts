import type { Text } from './en';

/** The strings of choosing which documents a question is asked to. */
export const filter = {
  'filter.open': 'Ask only some documents',
  'filter.title': 'Ask only some documents',
  'filter.text': 'Only documents that meet every choice are searched. Of several values of one field, one is enough.',
  'filter.active': 'Only documents with',
  'filter.remove': 'Remove “{condition}”',
  'filter.removeAll': 'Ask all documents',
  'filter.apply': 'Apply',
  'filter.passing': { one: 'One document passes', other: '{n} documents pass' },
  'filter.passingNone': 'No document passes',
  'filter.none': 'The documents have nothing to choose by. Give them tags on their pages.',
  'filter.some': 'The fields of the first {n} collections are offered. Choose a collection for its own.',
  'filter.more': { one: 'One more field', other: '{n} more fields' },
  'filter.other': 'Another value of “{field}”',
  'filter.otherShort': 'Another value',
  'filter.from': 'From',
  'filter.to': 'To',
  'filter.known': 'The documents have {from} to {to}.',
  'filter.or': 'or',
  'filter.others': { one: 'one more', other: '{n} more' },
  'filter.between': '{from} to {to}',
  'filter.since': 'from {from}',
  'filter.until': 'until {to}',
  'filter.tooMany': 'A filter has at most {n} choices. Remove some.',
  'filter.fault.order': 'The end is before the beginning. Exchange them.',
  'filter.fault.number': 'Enter a number, such as 12.5.',
  'filter.fault.values': 'At most {n} values can be chosen. Remove some.',

  'abstain.filtered': 'Only some documents were searched, those with {filter}. The answer may be in another one.',
  'abstain.unfiltered': 'Ask all documents',
} as const satisfies Record<string, Text>;
