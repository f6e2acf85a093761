import { useState } from 'preact/hooks';
import { type Account, accountExportAddress, deleteAccount } from '../api/account';
import { t } from '../i18n/accounts';
import { leaveReader } from '../session/session';
import { Dialog } from '../ui/Dialog';
import { Field, Form, invalid } from '../ui/Form';
import { Icon } from '../ui/Icon';

/** What the server has of a person, to take along or to delete. */
export function DataSection({ account }: { account: Account }) {
  const [deleting, setDeleting] = useState(false);
  return (
    <section class="part" aria-labelledby="data-title">
      <h2 id="data-title">{t('data.title')}</h2>
      <p class="small">{t('data.text')}</p>
      <div class="form-actions">
        <a class="button" href={accountExportAddress()} download="lectern-account.json">
          <Icon name="download" />
          {t('data.export')}
        </a>
        <button type="button" class="danger-text" onClick={() => setDeleting(true)}>
          {t('data.delete')}
        </button>
      </div>
      {deleting ? <DeleteDialog account={account} onClose={() => setDeleting(false)} /> : null}
    </section>
  );
}

function DeleteDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const erase = async () => {
    if (typed.trim().toLowerCase() !== account.name.toLowerCase()) throw invalid(t('data.deleteOther'));
    await deleteAccount();
    leaveReader();
  };
  return (
    <Dialog title={t('data.deleteAsk')} onClose={onClose}>
      <p>{t('data.deleteText')}</p>
      <Form
        onSubmit={erase}
        action={{ rest: t('data.delete'), busy: t('data.deleting'), danger: true }}
        onCancel={{ label: t('conversation.cancel'), do: onClose }}
      >
        <Field
          label={t('data.deleteType', { name: account.name })}
          value={typed}
          onInput={setTyped}
          autocomplete="off"
          required
          plain
          focus
        />
      </Form>
    </Dialog>
  );
}
