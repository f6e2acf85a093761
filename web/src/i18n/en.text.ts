import type { Text } from './en';

/** The strings of a document's view: its text, how it was read, what it says about itself, and its tags. */
export const text = {
  'notice.summary': 'About this text',
  'notice.more': { one: 'One more note.', other: '{n} more notes.' },
  'documents.tags': 'Tags',
  'notice.scanned_pages': {
    one: '{n} of {total} pages is scanned, so it has no text that could be read.',
    other: '{n} of {total} pages are scanned, so they have no text that could be read.',
  },
  'notice.pictures': {
    one: 'One picture was left out.',
    other: '{n} pictures were left out.',
  },
  'notice.hidden_text': {
    one: 'One hidden piece of text was left out.',
    other: '{n} hidden pieces of text were left out.',
  },
  'notice.hidden_included': {
    one: 'One hidden sheet, slide, row or column is included.',
    other: '{n} hidden sheets, slides, rows or columns are included.',
  },
  'notice.boilerplate': {
    one: 'One menu, banner or advert was left out.',
    other: '{n} menus, banners or adverts were left out.',
  },
  'notice.repeated_lines': {
    one: 'One repeated header, footer or page number was left out.',
    other: '{n} repeated headers, footers and page numbers were left out.',
  },
  'notice.contents_entries': {
    one: 'One entry of the table of contents was left out.',
    other: '{n} entries of the table of contents were left out.',
  },
  'notice.past_limit': {
    one: 'One row or record past the limit was left out.',
    other: '{n} rows or records past the limit were left out.',
  },
  'notice.formulas_without_result': {
    one: 'One formula has no stored result. Save the file in its program.',
    other: '{n} formulas have no stored result. Save the file in its program.',
  },
  'notice.unreadable_attachments': {
    one: 'One attachment could not be read.',
    other: '{n} attachments could not be read.',
  },
  'notice.embedded_objects': {
    one: 'One embedded object was left out.',
    other: '{n} embedded objects were left out.',
  },
  'notice.unreadable_characters': {
    one: 'One character could not be read.',
    other: '{n} characters could not be read.',
  },
  'notice.deleted_text': {
    one: 'One deletion of a tracked change was left out.',
    other: '{n} deletions of tracked changes were left out.',
  },
  'notice.recognised_pages': 'The text of {n} of {total} pages was recognised in pictures and may have mistakes.',
  'notice.unrecognised_pages': 'The text of {n} of {total} pages could not be recognised.',
  'notice.included_files': {
    one: 'One included file is not part of the text.',
    other: '{n} included files are not part of the text.',
  },
  'notice.damaged_pages': {
    one: 'One damaged page could be read in part only.',
    other: '{n} damaged pages could be read in part only.',
  },

  'block.table': 'Table',
  'block.formula': 'Formula',
  'block.note': 'Note',
  'block.speaker_note': 'Speaker note',
  'block.comment': 'Comment',
  'block.footnote': 'Footnote',
  'block.furniture': 'Repeated on each page',
  'block.header': 'Page header',
  'block.footer': 'Page footer',
  'block.page_number': 'Page number',
  'block.hidden': 'Hidden in the file',
  'block.ocr': 'Recognised in a picture',
  'block.ocrSure': 'Recognised in a picture, {percent} % certain',
  'block.ocrRange': 'Recognised in a picture, {low} to {high} % certain',
  'block.sure': '({percent} % certain)',

  'document.text': 'Text',
  'document.contents': { one: 'Contents (one heading)', other: 'Contents ({n} headings)' },
  'document.metadata': 'What the file says about itself',
  'document.more': { one: 'One more field', other: '{n} more fields' },

  'field.tags': 'Tag',
  'field.title': 'Title',
  'field.uri': 'Place',
  'field.media_type': 'Format',
  'field.language': 'Language',
  'field.created': 'Created',
  'field.modified': 'Modified',
  'field.author': 'Author',
  'field.subject': 'Subject',
  'field.keywords': 'Keywords',
  'field.description': 'Description',
  'field.from': 'From',
  'field.to': 'To',
  'field.cc': 'Cc',
  'field.bcc': 'Bcc',
  'field.sent': 'Sent',
  'format.mail': 'E-mail',
  'format.text': 'Plain text',

  'tags.new': 'New tag',
  'tags.add': 'Add',
  'tags.added': 'Tag “{tag}” added',
  'tags.remove': 'Remove the tag “{tag}”',
  'tags.removed': 'Tag “{tag}” removed',
  'tags.inherited': 'From its folder',
} as const satisfies Record<string, Text>;
