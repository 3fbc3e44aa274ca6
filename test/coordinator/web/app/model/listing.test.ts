import { expect, test } from 'vitest';
import { groupedListing, plainListing } from '../../../../../coordinator/web/app/model/listing.ts';

const hosts = [
  { name: 'master01', phase: 'ready' },
  { name: 'node01', phase: 'preparing' },
  { name: 'node02', phase: 'failed' },
  { name: 'node03', phase: 'ready' },
] as const;

test('without groups it is the hosts in their order', () => {
  expect(plainListing(hosts).map((item) => 'name' in item && item.name)).toEqual(hosts.map(({ name }) => name));
});

test('groups are headed by their phase and count, the most urgent first, each in the order of the hosts', () => {
  expect(groupedListing(hosts, new Set())).toEqual([
    { phase: 'failed', count: 1, isOpen: true },
    { name: 'node02' },
    { phase: 'preparing', count: 1, isOpen: true },
    { name: 'node01' },
    { phase: 'ready', count: 2, isOpen: true },
    { name: 'master01' },
    { name: 'node03' },
  ]);
});

test('a folded group has its heading only', () => {
  expect(groupedListing(hosts, new Set(['ready'])).at(-1)).toEqual({ phase: 'ready', count: 2, isOpen: false });
});
