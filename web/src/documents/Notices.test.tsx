// @vitest-environment jsdom
import { render } from 'preact';
import { expect, it } from 'vitest';
import type { ReadingNotice } from '../api/types';
import { NoticeLine, NoticeList, NoticeSign } from './Notices';

const scanned: ReadingNotice = { kind: 'scanned_pages', count: 4, total: 5, text: 'x' };
const pictures: ReadingNotice = { kind: 'pictures', count: 3, text: 'x' };
const menus: ReadingNotice = { kind: 'boilerplate', count: 7, text: 'x' };

function draw(element: Parameters<typeof render>[0]) {
  const root = document.createElement('div');
  render(element, root);
  return root;
}

it('list_missingText_isSaidInOneLine_withTheNumberOfOtherNotices', () => {
  const link = draw(<NoticeLine id="d1" notices={[pictures, scanned, menus]} />).querySelector('a');
  expect(link?.textContent).toBe('4 of 5 pages are scanned, so they have no text that could be read. 2 more notes.');
  expect(link?.getAttribute('href')).toBe('/documents/d1');
  expect(draw(<NoticeSign id="d1" notices={[pictures, scanned]} />).innerHTML).toBe('');
});

it('list_otherNotices_areOneSign_thatIsReadOut', () => {
  const root = draw(<NoticeSign id="d1" notices={[pictures, menus]} />);
  expect(root.querySelector('.off-screen')?.textContent).toBe(
    'About this text: 3 pictures were left out. 7 menus, banners or adverts were left out.',
  );
  expect(root.querySelectorAll('svg')).toHaveLength(1);
  expect(draw(<NoticeLine id="d1" notices={[pictures, menus]} />).innerHTML).toBe('');
});

it('document_showsAllNotices_missingTextFirst', () => {
  const root = draw(<NoticeList notices={[pictures, scanned]} />);
  expect([...root.querySelectorAll('li')].map((item) => item.textContent)).toEqual([
    '4 of 5 pages are scanned, so they have no text that could be read.',
    '3 pictures were left out.',
  ]);
});

it('withoutNotices_nothingIsShown', () => {
  expect(draw(<NoticeSign id="d1" notices={undefined} />).innerHTML).toBe('');
  expect(draw(<NoticeList notices={[]} />).innerHTML).toBe('');
});
