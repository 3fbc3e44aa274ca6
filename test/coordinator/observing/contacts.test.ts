import { expect, it, vi } from 'vitest';
import { createContacts } from '../../../coordinator/observing/contacts.ts';
import { openStore } from '../../../coordinator/store/store.ts';

it('returns the newest contact at once, and stores it on request', () => {
  const store = openStore(':memory:');
  const about = { credentialSha256: 'a', agentVersion: '', bootId: '', machineId: null };
  store.transaction(() => store.hosts.enrol({ name: 'node01', ...about, now: 1000 }));
  const contacts = createContacts(store, () => new Date(5000));
  expect(contacts.last('node01', 1000)).toBe(1000);
  contacts.saw('node01');
  expect(contacts.last('node01', 1000)).toBe(5000);
  expect(store.hosts.get('node01')?.lastContactAt).toBe(1000);
  contacts.flush();
  expect(store.hosts.get('node01')?.lastContactAt).toBe(5000);
  const transaction = vi.spyOn(store, 'transaction');
  contacts.flush();
  expect(transaction).not.toHaveBeenCalled();
  store.close();
});
