import { useState } from 'preact/hooks';
import { changeSetting, listSettings, type RuntimeSetting, resetSetting } from '../api/audit';
import { t } from '../i18n/administration';
import { OperatorPage } from '../operator/OperatorPage';
import { withOperatorKey } from '../operator/operatorKey';
import { FailedNote } from '../ui/ErrorNote';
import { Choice, Field, useSubmission } from '../ui/Form';
import { notify } from '../ui/notifications';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';
import './options.css';
import { choicesOf, editableValue, isChanged } from './options';

/** The settings that can be changed while the server runs. */
export function OptionsPage() {
  return (
    <OperatorPage name="settings" title={t('admin.settings')} intro={t('options.intro')}>
      <Settings />
    </OperatorPage>
  );
}

function Settings() {
  const loaded = useLoaded((signal) => withOperatorKey((key) => listSettings(key, signal)), []);
  const items = loaded.value?.items;
  return (
    <>
      {items?.length ? (
        <ul class="rows options">
          {items.map((setting) => (
            <SettingRow key={`${setting.name}=${setting.value}`} setting={setting} onChange={loaded.refresh} />
          ))}
        </ul>
      ) : null}
      {items?.length === 0 ? <p class="muted">{t('options.none')}</p> : null}
      {loaded.error ? <FailedNote error={loaded.error} onRetry={loaded.retry} /> : null}
      {items || loaded.error ? null : <Skeleton lines={6} />}
    </>
  );
}

interface RowProps {
  setting: RuntimeSetting;
  onChange: () => void;
}

function SettingRow({ setting, onChange }: RowProps) {
  const shown = editableValue(setting);
  const [typed, setTyped] = useState(shown);
  const saving = useSubmission(async () => {
    await withOperatorKey((key) => changeSetting(key, setting.name, typed.trim()));
    if (setting.kind === 'secret') setTyped('');
    notify(t('options.saved'));
    onChange();
  });
  const resetting = useSubmission(async () => {
    await withOperatorKey((key) => resetSetting(key, setting.name));
    notify(t('options.isReset'));
    onChange();
  });
  const error = saving.error ?? resetting.error;
  const changed = typed !== shown;
  return (
    <li class="option">
      <div class="row-main">
        <p class="row-title">
          <code>{setting.name}</code>
          {setting.fixed ? <span class="label">{t('options.fixed')}</span> : null}
        </p>
        <p lang="en">{setting.description}</p>
        <p class="row-facts">
          {setting.kind === 'secret' ? null : <span>{t('options.default', { value: setting.defaultValue })}</span>}
          <span lang="en">{setting.bounds}</span>
        </p>
      </div>
      {setting.fixed ? (
        <div class="option-value">
          <p class="option-fixed">{setting.value}</p>
          <p class="muted form-hint">{t('options.fixedText')}</p>
        </div>
      ) : (
        <form
          class="option-value"
          onSubmit={(event) => {
            event.preventDefault();
            void saving.submit();
          }}
        >
          <ValueField setting={setting} value={typed} onChange={setTyped} />
          {changed || isChanged(setting) ? (
            <div class="form-actions">
              {changed ? (
                <button type="submit" class="primary" aria-disabled={saving.busy}>
                  {t(saving.busy ? 'options.saving' : 'options.save')}
                </button>
              ) : null}
              {isChanged(setting) ? (
                <button type="button" aria-disabled={resetting.busy} onClick={() => void resetting.submit()}>
                  {t('options.reset')}
                </button>
              ) : null}
            </div>
          ) : null}
          {error ? <FailedNote error={error} /> : null}
        </form>
      )}
    </li>
  );
}

interface ValueProps {
  setting: RuntimeSetting;
  value: string;
  onChange: (value: string) => void;
}

function ValueField({ setting, value, onChange }: ValueProps) {
  const choices = choicesOf(setting);
  if (choices.length)
    return (
      <Choice
        label={setting.name}
        value={value}
        options={choices.map((name) => [name, name] as const)}
        onChange={onChange}
      />
    );
  return (
    <Field
      label={setting.name}
      value={value}
      onInput={onChange}
      autocomplete={setting.kind === 'secret' ? 'new-password' : 'off'}
      type={setting.kind === 'secret' ? 'password' : 'text'}
      placeholder={setting.kind === 'secret' ? setting.value : ''}
      plain
      {...(setting.kind === 'number' ? { inputMode: 'decimal' as const } : {})}
    />
  );
}
