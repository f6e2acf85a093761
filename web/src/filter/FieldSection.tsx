import { useId, useState } from 'preact/hooks';
import type { Field } from '../api/types';
import { fieldName, fieldValue } from '../documents/fieldWords';
import { language, t } from '../i18n';
import { type Choice, faultOf, filterOfDraft, toggled } from './draft';
import { choiceWords, MAX_VALUES } from './filter';

interface Props {
  field: Field;
  choice: Choice;
  onChange: (change: Partial<Choice>) => void;
}

/** One field: its most frequent values to tick, or the bounds of its dates and numbers. Open while something is chosen. */
export function FieldSection({ field, choice, onChange }: Props) {
  const name = fieldName(field.field);
  const fault = faultOf(choice, field.kind);
  const id = useId();
  const [condition] = filterOfDraft({ choices: { [field.field]: choice }, kept: [] }).all;
  const [open] = useState(condition !== undefined || field.field === 'tags');
  return (
    <details class="filter-field" open={open}>
      <summary>
        <span dir="auto">{name}</span>
        {condition ? (
          <span class="muted small" dir="auto">
            {choiceWords(condition)}
          </span>
        ) : null}
      </summary>
      <fieldset class="plain-set" aria-describedby={fault ? id : undefined}>
        <legend class="off-screen">{name}</legend>
        {field.kind === 'text' || choice.values.length ? (
          <Values field={field} choice={choice} onChange={onChange} />
        ) : (
          <Bounds field={field} choice={choice} onChange={onChange} />
        )}
        {fault ? (
          <p id={id} class="bad-text small" role="alert">
            {t(`filter.fault.${fault}`, { n: MAX_VALUES })}
          </p>
        ) : null}
      </fieldset>
    </details>
  );
}

function Values({ field, choice, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const counts = new Map(field.values.map(({ value, documents }) => [value, documents]));
  const others = choice.values.filter((value) => !counts.has(value));
  const complete = field.distinct <= field.values.length;
  const add = () => {
    const value = typed.trim();
    if (value && !choice.values.includes(value)) onChange({ values: [...choice.values, value] });
    setTyped('');
  };
  return (
    <>
      {[...others, ...counts.keys()].map((value) => (
        <label key={value} class="filter-value">
          <input
            type="checkbox"
            checked={choice.values.includes(value)}
            onChange={() => onChange({ values: toggled(choice.values, value) })}
          />
          <span dir="auto">{fieldValue(field.field, value)}</span>
          <span class="muted small">{counts.get(value)?.toLocaleString(language())}</span>
        </label>
      ))}
      {complete ? null : (
        <div class="filter-other">
          <input
            type="text"
            dir="auto"
            value={typed}
            autocomplete="off"
            aria-label={t('filter.other', { field: fieldName(field.field) })}
            placeholder={t('filter.otherShort')}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !typed.trim()) return;
              event.preventDefault();
              add();
            }}
          />
          <button type="button" aria-disabled={!typed.trim()} onClick={add}>
            {t('tags.add')}
          </button>
        </div>
      )}
    </>
  );
}

/** A time that a filter of the API names is shown as its day, and stays until the day is changed. */
function Bounds({ field, choice, onChange }: Props) {
  const type = field.kind === 'date' ? 'date' : 'number';
  const shown = (bound: string) => (field.kind === 'date' ? bound.slice(0, 10) : bound);
  return (
    <div class="filter-bounds">
      {(['from', 'to'] as const).map((end) => (
        <label key={end} class="field">
          <span>{t(`filter.${end}`)}</span>
          <input
            type={type}
            {...(field.kind === 'date' ? {} : { step: 'any' })}
            value={shown(choice[end])}
            onInput={(event) => onChange({ [end]: event.currentTarget.value })}
          />
        </label>
      ))}
      {field.from && field.to ? (
        <p class="muted hint">
          {t('filter.known', {
            from: fieldValue(field.field, field.from),
            to: fieldValue(field.field, field.to),
          })}
        </p>
      ) : null}
    </div>
  );
}
