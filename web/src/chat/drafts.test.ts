// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';

/** The module as a page that was just loaded has it. */
async function loadPage(): Promise<typeof import('./drafts')> {
  vi.resetModules();
  return await import('./drafts');
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

it('draft_afterLeavingThePage_isThere', async () => {
  const before = await loadPage();
  before.storeDraft('one', 'How high is the tower?');
  before.storeDraft(undefined, 'Another?');
  const after = await loadPage();
  expect(after.draftOf('one')).toBe('How high is the tower?');
  expect(after.draftOf(undefined)).toBe('Another?');
  expect(after.draftOf('two')).toBe('');
  after.storeDraft('one', '');
  expect((await loadPage()).draftOf('one')).toBe('');
});

it('question_onItsWay_isADraftAgainUnlessTheServerHasIt', async () => {
  const before = await loadPage();
  before.rememberSentQuestion(undefined, 'How high is the tower?');
  expect(before.draftOf(undefined)).toBe('');
  const after = await loadPage();
  expect(after.draftOf(undefined)).toBe('How high is the tower?');

  after.storeDraft(undefined, '');
  after.rememberSentQuestion('one', 'How old is it?');
  after.forgetSentQuestion();
  expect((await loadPage()).draftOf('one')).toBe('');
});

it('question_onItsWay_replacesNoNewerDraft', async () => {
  const before = await loadPage();
  before.rememberSentQuestion('one', 'How high?');
  before.storeDraft('one', 'How old?');
  expect((await loadPage()).draftOf('one')).toBe('How old?');
});

it('drafts_ofManyConversations_areBounded', async () => {
  const page = await loadPage();
  for (let i = 0; i < 30; i++) page.storeDraft(`c${i}`, `Question ${i}`);
  const after = await loadPage();
  expect(after.draftOf('c0')).toBe('');
  expect(after.draftOf('c29')).toBe('Question 29');
});

it('storage_damagedOrForbidden_startsEmpty', async () => {
  localStorage.setItem('lectern.drafts', '{"one":');
  expect((await loadPage()).draftOf('one')).toBe('');
  const forbidden = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  const page = await loadPage();
  page.storeDraft('one', 'How high?');
  expect(page.draftOf('one')).toBe('How high?');
  forbidden.mockRestore();
});
