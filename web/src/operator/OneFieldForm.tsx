import { useId, useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';
import type { Problem } from '../api/types';
import { ErrorNote } from '../ui/ErrorNote';

interface Props {
  label: string;
  hint: string;
  type: 'text' | 'password';
  /** On the button, at rest and at work. */
  action: { rest: string; busy: string; primary?: boolean };
  /** What is done with the value; the field is emptied afterwards. Rejects with an ApiError. */
  onSubmit: (value: string) => Promise<void>;
  /** An error of before, shown until the form is sent. */
  earlier?: ApiError | undefined;
  /** The error in other words. */
  describe?: (error: ApiError) => Problem;
}

/** A form with one field. What is wrong is said below it, and what was typed stays then. */
export function OneFieldForm({ label, hint, type, action, onSubmit, earlier, describe }: Props) {
  const [value, setValue] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<ApiError>();
  const id = useId();
  const error = failed ?? earlier;
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setFailed(undefined);
    try {
      await onSubmit(value);
      setValue('');
    } catch (thrown) {
      setFailed(asApiError(thrown));
    }
    setBusy(false);
  };
  const field = {
    id: `${id}-field`,
    dir: 'ltr' as const,
    value,
    required: true,
    autocomplete: 'off',
    spellcheck: false,
    'aria-describedby': id,
    onInput: (event: { currentTarget: HTMLInputElement }) => setValue(event.currentTarget.value),
  };
  return (
    <form
      class="operator"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="field" for={`${id}-field`}>
        <span>{label}</span>
        {type === 'password' ? <input type="password" {...field} /> : <input type="text" {...field} />}
      </label>
      <p class="muted hint" id={id}>
        {hint}
      </p>
      {error && !busy ? <ErrorNote problem={describe?.(error) ?? error.problem} retryAfter={error.retryAfter} /> : null}
      <div>
        <button type="submit" class={action.primary ? 'primary' : undefined} aria-disabled={busy}>
          {busy ? action.busy : action.rest}
        </button>
      </div>
    </form>
  );
}
