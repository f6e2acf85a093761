import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId, useState } from 'preact/hooks';
import { ApiError, asApiError } from '../api/problem';
import type { Problem } from '../api/types';
import { ErrorNote } from './ErrorNote';
import './form.css';

/** An error of the form itself, in the reader's language. */
export function invalid(detail: string): ApiError {
  return new ApiError({ title: 'Invalid', status: 400, code: 'invalid_request', detail });
}

export interface Submission {
  busy: boolean;
  error: ApiError | undefined;
  /** Does nothing while it is at work. */
  submit: () => Promise<void>;
  forget: () => void;
}

/** Work that is done on demand, one at a time, with the error of the last try. `work` rejects with an ApiError. */
export function useSubmission(work: () => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  return { busy, error, submit, forget: () => setError(undefined) };
}

interface FormProps {
  /** Rejects with an ApiError. */
  onSubmit: () => Promise<void>;
  /** On the button, at rest and at work. */
  action: { rest: string; busy: string; danger?: boolean; plain?: boolean };
  onCancel?: { label: string; do: () => void };
  /** The error in other words. */
  describe?: (error: ApiError) => Problem;
  children: ComponentChildren;
}

/** Fields with a button. What is wrong is said above the button, and what was typed stays. */
export function Form({ onSubmit, action, onCancel, describe, children }: FormProps) {
  const { busy, error, submit } = useSubmission(onSubmit);
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      {error && !busy ? <ErrorNote problem={describe?.(error) ?? error.problem} retryAfter={error.retryAfter} /> : null}
      <div class={onCancel ? 'dialog-actions' : 'form-actions'}>
        {onCancel ? (
          <button type="button" onClick={onCancel.do}>
            {onCancel.label}
          </button>
        ) : null}
        <button
          type="submit"
          class={action.danger ? 'primary danger' : action.plain ? undefined : 'primary'}
          aria-disabled={busy}
        >
          {busy ? action.busy : action.rest}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password' | 'email' | 'number' | 'date' | 'search';
  hint?: string;
  placeholder?: string;
  autocomplete?: string;
  required?: boolean;
  inputMode?: 'numeric' | 'decimal' | 'email';
  /** Names, codes and addresses: not corrected by the browser. */
  plain?: boolean;
  /** Has the focus when it appears. */
  focus?: boolean;
  /** Id of a `datalist`. */
  list?: string;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  step?: number | string;
}

export function Field({ label, value, onInput, hint, plain, focus, type = 'text', ...rest }: FieldProps) {
  const id = useId();
  const attributes = {
    id,
    type,
    value,
    'aria-describedby': hint ? `${id}-hint` : undefined,
    ...(plain ? { autocapitalize: 'none', spellcheck: false, dir: 'auto' } : {}),
    // A modal dialog gives the focus to what has this attribute when it opens.
    ...(focus ? { ref: focusFirst, autofocus: true } : {}),
    ...rest,
    onInput: (event: { currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
    // The types know no attributes for a type that is chosen later.
  } as InputHTMLAttributes<HTMLInputElement>;
  return (
    <div class="field-box">
      <label class="field" for={id}>
        <span>{label}</span>
        <input {...attributes} />
      </label>
      {hint ? (
        <p class="muted form-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Once, when it appears: a ref that stays the same is not called again. */
function focusFirst(field: HTMLInputElement | null): void {
  field?.focus();
}

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  options: readonly (readonly [value: V, label: string])[];
  onChange: (value: V) => void;
}

export function Choice<V extends string>({ label, value, options, onChange }: ChoiceProps<V>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as V)}>
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CheckProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: string;
}

export function Check({ label, checked, onChange, hint }: CheckProps) {
  const id = useId();
  return (
    <div class="check">
      <label>
        <input
          type="checkbox"
          checked={checked}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {hint ? (
        <p class="muted form-hint" id={id}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
