import type { Text } from './en';
import type { text as english } from './en.text';

/** The German strings of a document's view. */
export const text: Record<keyof typeof english, Text> = {
  'notice.summary': 'Zu diesem Text',
  'notice.more': { one: 'Ein weiterer Hinweis.', other: '{n} weitere Hinweise.' },
  'documents.tags': 'Schlagwörter',
  'notice.scanned_pages': {
    one: '{n} von {total} Seiten ist gescannt und hat daher keinen lesbaren Text.',
    other: '{n} von {total} Seiten sind gescannt und haben daher keinen lesbaren Text.',
  },
  'notice.pictures': {
    one: 'Ein Bild wurde ausgelassen.',
    other: '{n} Bilder wurden ausgelassen.',
  },
  'notice.hidden_text': {
    one: 'Ein verborgener Textteil wurde ausgelassen.',
    other: '{n} verborgene Textteile wurden ausgelassen.',
  },
  'notice.hidden_included': {
    one: 'Ein verborgenes Blatt, eine Folie, Zeile oder Spalte ist enthalten.',
    other: '{n} verborgene Blätter, Folien, Zeilen oder Spalten sind enthalten.',
  },
  'notice.boilerplate': {
    one: 'Ein Menü, Banner oder eine Anzeige wurde ausgelassen.',
    other: '{n} Menüs, Banner oder Anzeigen wurden ausgelassen.',
  },
  'notice.repeated_lines': {
    one: 'Eine wiederholte Kopf- oder Fußzeile oder Seitenzahl wurde ausgelassen.',
    other: '{n} wiederholte Kopf- und Fußzeilen und Seitenzahlen wurden ausgelassen.',
  },
  'notice.contents_entries': {
    one: 'Ein Eintrag des Inhaltsverzeichnisses wurde ausgelassen.',
    other: '{n} Einträge des Inhaltsverzeichnisses wurden ausgelassen.',
  },
  'notice.past_limit': {
    one: 'Eine Zeile oder ein Datensatz über der Grenze wurde ausgelassen.',
    other: '{n} Zeilen oder Datensätze über der Grenze wurden ausgelassen.',
  },
  'notice.formulas_without_result': {
    one: 'Eine Formel hat kein gespeichertes Ergebnis. Speichern Sie die Datei in ihrem Programm.',
    other: '{n} Formeln haben kein gespeichertes Ergebnis. Speichern Sie die Datei in ihrem Programm.',
  },
  'notice.unreadable_attachments': {
    one: 'Ein Anhang konnte nicht gelesen werden.',
    other: '{n} Anhänge konnten nicht gelesen werden.',
  },
  'notice.embedded_objects': {
    one: 'Ein eingebettetes Objekt wurde ausgelassen.',
    other: '{n} eingebettete Objekte wurden ausgelassen.',
  },
  'notice.unreadable_characters': {
    one: 'Ein Zeichen konnte nicht gelesen werden.',
    other: '{n} Zeichen konnten nicht gelesen werden.',
  },
  'notice.deleted_text': {
    one: 'Eine Löschung einer nachverfolgten Änderung wurde ausgelassen.',
    other: '{n} Löschungen nachverfolgter Änderungen wurden ausgelassen.',
  },
  'notice.recognised_pages': 'Der Text von {n} von {total} Seiten wurde in Bildern erkannt und kann Fehler haben.',
  'notice.unrecognised_pages': 'Der Text von {n} von {total} Seiten konnte nicht erkannt werden.',
  'notice.included_files': {
    one: 'Eine eingebundene Datei ist nicht Teil des Textes.',
    other: '{n} eingebundene Dateien sind nicht Teil des Textes.',
  },
  'notice.damaged_pages': {
    one: 'Eine beschädigte Seite ließ sich nur zum Teil lesen.',
    other: '{n} beschädigte Seiten ließen sich nur zum Teil lesen.',
  },

  'block.table': 'Tabelle',
  'block.formula': 'Formel',
  'block.note': 'Anmerkung',
  'block.speaker_note': 'Vortragsnotiz',
  'block.comment': 'Kommentar',
  'block.footnote': 'Fußnote',
  'block.furniture': 'Wiederholt sich auf jeder Seite',
  'block.header': 'Kopfzeile',
  'block.footer': 'Fußzeile',
  'block.page_number': 'Seitenzahl',
  'block.hidden': 'In der Datei verborgen',
  'block.ocr': 'In einem Bild erkannt',
  'block.ocrSure': 'In einem Bild erkannt, zu {percent} % sicher',
  'block.ocrRange': 'In einem Bild erkannt, zu {low} bis {high} % sicher',
  'block.sure': '(zu {percent} % sicher)',

  'document.text': 'Text',
  'document.contents': { one: 'Inhalt (eine Überschrift)', other: 'Inhalt ({n} Überschriften)' },
  'document.metadata': 'Angaben der Datei',
  'document.more': { one: 'Eine weitere Angabe', other: '{n} weitere Angaben' },

  'field.tags': 'Schlagwort',
  'field.title': 'Titel',
  'field.uri': 'Ort',
  'field.media_type': 'Format',
  'field.language': 'Sprache',
  'field.created': 'Erstellt',
  'field.modified': 'Geändert',
  'field.author': 'Verfasser',
  'field.subject': 'Betreff',
  'field.keywords': 'Stichwörter',
  'field.description': 'Beschreibung',
  'field.from': 'Von',
  'field.to': 'An',
  'field.cc': 'Kopie',
  'field.bcc': 'Blindkopie',
  'field.sent': 'Gesendet',
  'format.mail': 'E-Mail',
  'format.text': 'Reiner Text',

  'tags.new': 'Neues Schlagwort',
  'tags.add': 'Hinzufügen',
  'tags.added': 'Schlagwort „{tag}“ hinzugefügt',
  'tags.remove': 'Schlagwort „{tag}“ entfernen',
  'tags.removed': 'Schlagwort „{tag}“ entfernt',
  'tags.inherited': 'Von seinem Ordner',
};
