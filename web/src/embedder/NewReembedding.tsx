import { useState } from 'preact/hooks';
import { type Estimate, startReembedding } from '../api/embedders';
import { type ApiError, asApiError } from '../api/problem';
import { language } from '../i18n';
import { t } from '../i18n/administration';
import { FailedNote } from '../ui/ErrorNote';
import { costWords, cutWords, estimate, estimateError, estimateTyped, priceOf, type, typed } from './estimate';
import { focusReembeddingHeading } from './headingFocus';
import { act } from './reembeddings';

/** Names another embedder, says what it would take, and begins. */
export function NewReembedding() {
  const [busy, setBusy] = useState(false);
  const [checked, setChecked] = useState(false);
  const { name, price } = typed.value;
  const wrong = checked && Number.isNaN(priceOf(price));
  const ask = async () => {
    setChecked(true);
    if (busy || Number.isNaN(priceOf(price))) return;
    setBusy(true);
    await estimateTyped();
    setBusy(false);
  };
  const found = estimate.value;
  return (
    <section class="part" aria-labelledby="new-reembedding">
      <h2 id="new-reembedding">{t('embedder.new')}</h2>
      <form
        class="new-reembedding"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <div class="new-name">
          <label class="field">
            <span>{t('embedder.name')}</span>
            <input
              type="text"
              value={name}
              required
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              aria-describedby="name-hint"
              onInput={(event) => type({ name: event.currentTarget.value })}
            />
          </label>
          <p class="muted hint" id="name-hint">
            {t('embedder.nameHint')}
          </p>
        </div>
        <div>
          <label class="field">
            <span>{t('embedder.price')}</span>
            <input
              type="text"
              inputMode="decimal"
              value={price}
              autocomplete="off"
              aria-invalid={wrong}
              aria-describedby="price-hint"
              onInput={(event) => type({ price: event.currentTarget.value })}
            />
          </label>
          <p class={wrong ? 'bad-text hint' : 'muted hint'} id="price-hint" role={wrong ? 'alert' : undefined}>
            {t(wrong ? 'embedder.priceWrong' : 'embedder.priceHint')}
          </p>
        </div>
        <div class="new-do">
          <button type="submit" class={found ? '' : 'primary'} aria-disabled={busy}>
            {t(busy ? 'embedder.estimating' : 'embedder.estimate')}
          </button>
        </div>
      </form>
      {estimateError.value ? <FailedNote error={estimateError.value} onRetry={() => void ask()} /> : null}
      {found ? <Found name={found.name} result={found.result} /> : null}
    </section>
  );
}

function Found({ name, result }: { name: string; result: Estimate }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const build = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await act((key) => startReembedding(key, name));
      type({ name: '', price: '' });
      focusReembeddingHeading();
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };
  const { texts, missing, tokens } = result;
  return (
    <div class="estimate">
      <div role="status">
        <p class="small-head">{t('embedder.estimateOf', { name })}</p>
        <dl class="facts">
          <Fact name={t('embedder.texts')} value={whole(texts)} />
          <Fact name={t('embedder.missing')} value={whole(missing)} />
          <Fact name={t('embedder.tokens')} value={whole(tokens)} />
          <Fact name={t('embedder.cost')} value={costWords(name, result)} />
          <Fact name={t('embedder.cut')} value={cutWords(result)} />
        </dl>
      </div>
      <p class="muted hint">{t('embedder.buildText')}</p>
      {error ? <FailedNote error={error} onRetry={() => void build()} /> : null}
      <div>
        <button type="button" class="primary" aria-disabled={busy} onClick={() => void build()}>
          {t(busy ? 'embedder.starting' : 'embedder.build')}
        </button>
      </div>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const whole = (n: number) => n.toLocaleString(language());
