import { expect, it } from 'vitest';
import { unlistedNotice } from '../../../coordinator/view/unlisted.ts';

it('Nodes that a report does not list are stated, not dropped in silence', () => {
  expect(unlistedNotice(0)).toEqual([]);
  expect(unlistedNotice(3)).toMatchObject([{ code: 'nodes-unlisted', text: { en: expect.stringContaining('5003') } }]);
});
