import type { Text } from './en';
import type { embedder as english } from './en.embedder';

/** The German strings of the page that re-embeds the library. */
export const embedder: Record<keyof typeof english, Text> = {
  'embedder.title': 'Einbettungsmodell',
  'embedder.intro':
    'Das Einbettungsmodell macht aus Texten Vektoren, damit Stellen nach ihrer Bedeutung gefunden werden. Beim Neueinbetten entsteht ein Index für ein anderes Modell, während das bisherige weiter antwortet.',
  'embedder.present': 'Aktives Modell',
  'embedder.setting':
    'LECTERN_EMBEDDER ist {configured}. Setzen Sie es vor dem nächsten Start auf {name}. Bis dahin protokolliert jeder Start eine Warnung und verwendet das aktive Modell.',
  'embedder.new': 'Mit einem anderen Modell neu einbetten',
  'embedder.name': 'Einbettungsmodell',
  'embedder.nameHint':
    'Dasselbe Format wie LECTERN_EMBEDDER: onnx:<Ordner> für ein Modell in einem Ordner des Servers, gemini:<Modell> oder openai:<Modell> für einen Dienst.',
  'embedder.price': 'Preis je Million Token in US-Dollar (optional)',
  'embedder.priceHint': 'Für die Kostenschätzung eines Dienstes. Siehe dessen Preisliste.',
  'embedder.priceWrong': 'Geben Sie eine Zahl wie 0,15 ein oder lassen Sie das Feld leer.',
  'embedder.estimate': 'Schätzen',
  'embedder.estimating': 'Wird geschätzt',
  'embedder.estimateOf': 'Schätzung für {name}',
  'embedder.texts': 'Texte der Bibliothek',
  'embedder.missing': 'Einzubettende Texte',
  'embedder.tokens': 'Token (geschätzt)',
  'embedder.cost': 'Kosten (geschätzt)',
  'embedder.free': 'Keine, das Modell läuft auf dem Server',
  'embedder.nothingToPay': 'Keine',
  'embedder.unknown': 'Unbekannt. Geben Sie oben den Preis ein und schätzen Sie erneut.',
  'embedder.cut': 'Texte über der Eingabegrenze des Modells',
  'embedder.cutNone': 'Keiner',
  'embedder.cutShare': '{percent} davon; der Text hinter der Grenze wird nicht eingebettet',
  'embedder.build': 'Index aufbauen',
  'embedder.starting': 'Wird gestartet',
  'embedder.buildText':
    'Der neue Index entsteht neben dem bisherigen. Für Lesende ändert sich nichts, bis Sie umschalten.',

  'reembedding.from': 'Alter Index',
  'reembedding.to': 'Neuer Index',
  'reembedding.building': 'Der neue Index wird aufgebaut',
  'reembedding.buildingText':
    'Der alte Index antwortet weiter. Sie können die Seite verlassen; die Arbeit geht weiter.',
  'reembedding.ready': 'Der neue Index ist vollständig',
  'reembedding.readyText':
    'Noch antwortet der alte Index. Vergleichen Sie beide; dann schalten Sie um oder brechen ab.',
  'reembedding.switching': 'Umschalten auf den neuen Index',
  'reembedding.switchingText':
    'Neue Änderungen werden ergänzt. In dieser Zeit werden keine anderen Dokumente verarbeitet.',
  'reembedding.switched': 'Der neue Index ist aktiv',
  'reembedding.switchedText': 'Der alte Index bleibt erhalten. Sie können zurückkehren, bis Sie ihn löschen.',
  'reembedding.rolling_back': 'Zurückschalten auf den alten Index',
  'reembedding.rolling_backText':
    'Neue Änderungen werden ergänzt. In dieser Zeit werden keine anderen Dokumente verarbeitet.',
  'reembedding.failed': 'Der Aufbau des neuen Index ist fehlgeschlagen',
  'reembedding.failedText':
    'Der alte Index antwortet. Fertige Einbettungen bleiben erhalten: Beheben Sie die Ursache und setzen Sie fort.',
  'reembedding.cancelling': 'Der neue Index wird gelöscht',
  'reembedding.cancellingText': 'Der alte Index antwortet weiter.',
  'reembedding.dropping': 'Der alte Index wird gelöscht',
  'reembedding.droppingText': 'Der neue Index antwortet weiter.',
  'reembedding.progress': '{done} von {n} Texten eingebettet',
  'reembedding.filling': 'Die Einbettungen werden in den Index geschrieben',
  'reembedding.waits': 'Die Arbeit ist angehalten und geht von selbst weiter, wenn das Problem behoben ist.',
  'reembedding.notSwitched':
    'Das Umschalten ist fehlgeschlagen. Versuchen Sie es erneut, wenn das Problem behoben ist.',
  'reembedding.whenReady': 'Der neue Index wird aktiv, sobald er vollständig ist.',
  'reembedding.switch': 'Auf {name} umschalten',
  'reembedding.rollBack': 'Zurück zu {name}',
  'reembedding.resume': 'Fortsetzen',
  'reembedding.abandon': 'Neueinbetten abbrechen',
  'reembedding.abandonAsk': 'Neueinbetten mit {name} abbrechen?',
  'reembedding.abandonText':
    'Der neue Index und seine Einbettungen werden gelöscht. Ein neuer Aufbau dauert und kostet noch einmal dasselbe. Der alte Index antwortet weiter.',
  'reembedding.abandonDo': 'Neuen Index löschen',
  'reembedding.drop': 'Alten Index löschen',
  'reembedding.dropAsk': 'Den Index von {name} löschen?',
  'reembedding.dropText':
    'Auch seine Einbettungen werden gelöscht. Um dieses Modell wieder zu verwenden, müssen Sie neu einbetten.',
  'reembedding.dropDo': 'Alten Index löschen',
  'reembedding.cancel': 'Abbrechen',
  'reembedding.ended': 'Der Index von {name} wurde gelöscht.',

  'compare.title': 'Mit eigenen Fragen vergleichen',
  'compare.text':
    'Wählen Sie eine Datei mit höchstens {most} Fragen, ein JSON-Objekt je Zeile, mit den Dokumenten, die die Frage beantworten:',
  'compare.names': 'Nennen Sie ein Dokument mit Id, Titel, Pfad oder Dateinamen.',
  'compare.choose': 'Datei auswählen',
  'compare.another': 'Andere Datei auswählen',
  'compare.busy': {
    one: 'Beiden Indexen wird eine Frage gestellt',
    other: 'Beiden Indexen werden {n} Fragen gestellt',
  },
  'compare.notJson': 'Zeile {line} von {file} ist kein JSON. Verwenden Sie das Format des Beispiels.',
  'compare.shape':
    'In Zeile {line} von {file} fehlen die Frage oder die Dokumente. Verwenden Sie das Format des Beispiels.',
  'compare.empty': '{file} hat keine Fragen. Schreiben Sie eine je Zeile.',
  'compare.many': '{file} hat mehr als {most} Fragen. Entfernen Sie einige.',
  'compare.large': '{file} ist zu groß. Eine Datei mit Fragen hat höchstens {most} Zeilen.',
  'compare.unreadable': '{file} kann nicht gelesen werden. Wählen Sie sie erneut aus.',
  'compare.measure': 'Maß',
  'compare.old': 'Alt',
  'compare.new': 'Neu',
  'compare.ndcg': 'Güte der Reihenfolge der ersten zehn Dokumente',
  'compare.recall': 'Anteil der richtigen Dokumente unter den ersten hundert',
  'compare.mrr': 'wie weit oben das erste richtige Dokument unter den ersten zehn steht',
  'compare.asked': { one: 'Eine Frage aus {file}.', other: '{n} Fragen aus {file}.' },
  'compare.same': 'Das erste Dokument ist bei allen Fragen dasselbe.',
  'compare.changed': {
    one: 'Bei einer davon steht ein anderes Dokument zuerst.',
    other: 'Bei {n} davon steht ein anderes Dokument zuerst.',
  },
};
