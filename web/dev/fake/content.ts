import type { TextBlock } from '../../src/api/types';

/** What the fake server's library holds: short texts with headings and pages, as a real one would have read them. */
export interface Sample {
  name: string;
  title: string;
  text: string;
  headings: { level: number; text: string; start: number }[];
  pages: { page: number; start: number }[];
  blocks: TextBlock[];
}

const HANDBOOK = `Employee handbook

# Working time
The regular working week has 38 hours, Monday to Friday. Core hours are from 10:00 to 15:00; the rest can be arranged freely within the team.
Overtime is recorded in the time sheet and is balanced within three months. Where that is not possible it is paid with a supplement of 25 percent.

~2
# Leave
## Annual leave
Employees receive 28 days of annual leave each year. Part-time employees receive leave in proportion to their weekly working days.
Leave that was not taken expires on 31 March of the following year, unless it could not be taken because of illness. In that case it expires 15 months after the end of the leave year.
Requests are made at least two weeks ahead, for longer absences six weeks. The manager answers within five working days; no answer counts as approval.

## Special leave
Two days are granted for one's own wedding, one day for moving house, and up to ten days a year to care for a sick child.

~3
# Remote work
Up to three days a week can be worked from home. Equipment is provided by the company; the cost of electricity and internet is compensated by 30 euros a month.
Working from abroad is possible for up to 20 days a year within the European Union, after approval by the human resources department.

# Sick leave
Illness is reported before the start of work on the first day. A doctor's certificate is required from the fourth day on.
`;

const PUMP = `Heat pump HP-12 installation manual

# Technical data
Rated heating capacity 11.8 kW at A7/W35, coefficient of performance 4.6. Refrigerant R290, filling quantity 1.3 kg.
The operating limits are -22 to +40 degrees Celsius outside temperature.

~2
# Placement
The outdoor unit must stand on a level foundation and keep a distance of at least 3 metres to windows, light shafts and drains, because the refrigerant is flammable and heavier than air.
A clearance of 30 cm behind and 100 cm in front of the unit keeps the air flow free.

~3
# Commissioning
Flush the heating circuit before the unit is connected. Fill with treated water (pH 8.2 to 10.0, hardness below 0.11 mmol/l) and vent it twice.

Error | Meaning | Flow in l/min
E41 | too little flow | 14
E42 | no flow | 2
E43 | sensor without signal | –

The first start may take up to 4 minutes. Error E41 means that the flow is below 14 litres a minute: check filter, pump and valves.
`;

const ARABIC = `دليل الموظف

# الإجازة
يحصل الموظفون على 28 يومًا من الإجازة السنوية كل عام. تنتهي الإجازة غير المستخدمة في 31 مارس من العام التالي.
`;

function sample(name: string, title: string, marked: string): Sample {
  const headings: Sample['headings'] = [];
  const pages: Sample['pages'] = [{ page: 1, start: 0 }];
  const blocks: TextBlock[] = [];
  let text = '';
  for (const line of marked.split('\n')) {
    const block = blockOf(line, blocks.at(-1), text.length);
    if (block) blocks.push(block);
    const page = /^~(\d+)$/.exec(line);
    const heading = /^(#+) (.*)$/.exec(line);
    if (page) pages.push({ page: Number(page[1]), start: text.length });
    else if (heading?.[1] && heading[2]) {
      headings.push({ level: heading[1].length, text: heading[2], start: text.length });
      text += `${heading[2]}\n`;
    } else text += `${line}\n`;
  }
  return { name, title, text, headings, pages, blocks };
}

/** A heading, a row (the first is the header) or a paragraph; undefined of a line that is none. */
function blockOf(line: string, before: TextBlock | undefined, start: number): TextBlock | undefined {
  const [, marks = '', words = ''] = /^(#*) ?(.*)$/.exec(line) ?? [];
  if (!words || words.startsWith('~')) return undefined;
  const at = { start, end: start + words.length };
  if (marks) return { type: 'heading', level: marks.length, ...at };
  if (!words.includes(' | ')) return { type: 'paragraph', ...at };
  return { type: before?.type.startsWith('table') ? 'table_row' : 'table_header', table: 0, ...at };
}

export const SAMPLES = [
  sample('employee-handbook.pdf', 'Employee handbook', HANDBOOK),
  sample('HP-12-manual.pdf', 'Heat pump HP-12 installation manual', PUMP),
  sample('daleel.docx', 'دليل الموظف', ARABIC),
];

export function sampleOf(name: string, content: string): Sample {
  return sample(name, name.replace(/\.\w+$/, ''), content);
}

/** Answers to questions that a screenshot wants to see; `{n|words}` is replaced by a citation of the sentence with these words. */
export const ANSWERS: { when: RegExp; text: string; unsupported?: string; model?: string }[] = [
  {
    when: /everything|table|overview/i,
    model: 'gemini:gemini-3.8-flash',
    unsupported: 'Ms Duval approves every request within one day.',
    text: `The handbook regulates leave in three steps. {28 days of annual leave}

### Entitlement

| Kind of leave | Days | Note |
|:--|--:|:--|
| Annual leave | 28 | in proportion for part-time {Part-time employees} |
| Own wedding | 2 | {granted for one's own wedding} |
| Moving house | 1 | |
| Care for a sick child | 10 | a year, at most |

### How to ask

1. Ask at least **two weeks** ahead, for longer absences six weeks. {two weeks ahead}
2. The manager answers within five working days. {two weeks ahead}
3. No answer counts as approval.

Ms Duval approves every request within one day. Unused days expire on 31 March of the following year. {expires on 31 March}

\`\`\`sql
SELECT employee, sum(days) AS taken FROM leave WHERE year = 2026 GROUP BY employee HAVING sum(days) > 28 ORDER BY taken DESC;
\`\`\`

The daily rate is $r = \\frac{s \\cdot 3}{65}$, and the longest word in it is Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz. See [the law](https://www.example.org/leave-act) or https://www.example.org/a/very/long/address/that/has/to/wrap/somewhere.

> Leave is for rest; it is not paid out while the contract lasts.`,
  },
  { when: /إجازة|عطلة/, text: 'يحصل الموظفون على 28 يومًا من الإجازة السنوية كل عام. {يحصل الموظفون}' },
  {
    when: /E41/i,
    text: 'Error E41 means that the flow is below 14 litres a minute: check filter, pump and valves. {Error E41}',
  },
  {
    when: /distance|stand|window/i,
    text: 'The outdoor unit must keep a distance of at least 3 metres to windows, light shafts and drains, because the refrigerant is flammable and heavier than air. {at least 3 metres}',
  },
  {
    when: /expire|unused/i,
    text: 'Leave that was not taken expires on 31 March of the following year, unless it could not be taken because of illness. {expires on 31 March}',
  },
  {
    when: /days|leave|holiday/i,
    text: 'Employees receive 28 days of annual leave each year. {28 days of annual leave} Part-time employees receive leave in proportion to their weekly working days. {Part-time employees}',
  },
  { when: /wednesday|word/i, text: 'Yes. {core hours}' },
];
