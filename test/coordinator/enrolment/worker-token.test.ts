import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrol } from '../../../coordinator/enrolment/enrolment.ts';
import { issueToken } from '../../../coordinator/enrolment/tokens.ts';
import { openStore, type Store } from '../../../coordinator/store/store.ts';
import { plan } from '../plans.ts';
import { addresses, enrolRequest } from '../support.ts';

const now = new Date();
let store: Store;
let context: { store: Store; plan: ReturnType<typeof plan>; now: Date };
beforeEach(() => {
  store = openStore(':memory:');
  context = { store, plan: plan(), now };
});
afterEach(() => store.close());

const request = () => enrolRequest({ now: now.toISOString(), addresses: [] });
const from = (token: string, remote: string, body = request()) => enrol(context, { token, request: body, remote });
const problem = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};

describe('a token for all workers', () => {
  it('enrols each planned worker, by its source address', () => {
    const { token, hosts } = issueToken(context, { workers: true });
    expect(hosts).toEqual(['node01', 'node02']);
    expect(from(token, addresses.node02)).toMatchObject({ host: 'node02', role: 'worker' });
    expect(from(token, addresses.node01)).toMatchObject({ host: 'node01' });
  });

  it('enrols workers behind NAT by the one planned address that they have', () => {
    const { token } = issueToken(context, { workers: true });
    const nat = '203.0.113.7';
    const having = (...own: string[]) => ({
      ...request(),
      ...enrolRequest({ now: now.toISOString(), addresses: own }),
    });
    expect(from(token, nat, having('10.0.2.15', addresses.node02))).toMatchObject({ host: 'node02' });
    expect(from(token, nat, having('10.0.2.15', addresses.node01))).toMatchObject({ host: 'node01' });
    expect(problem(() => from(token, nat, having('10.0.2.15', addresses.node01)))).toMatchObject({
      code: 'name-taken',
    });
    for (const own of [[], [addresses.master01], [addresses.node01, addresses.node02]])
      expect(problem(() => from(token, nat, having(...own)))).toMatchObject({ code: 'not-a-worker' });
  });

  it('enrols no host twice, and says how to enrol a replaced machine', () => {
    const { token } = issueToken(context, { workers: true });
    const body = request();
    from(token, addresses.node01, body);
    expect(from(token, addresses.node01, body)).toMatchObject({ host: 'node01' });
    expect(problem(() => from(token, addresses.node01))).toMatchObject({
      status: 409,
      code: 'name-taken',
      remedy: { en: expect.stringContaining('sudo muster token create node01') },
    });
    const another = issueToken(context, { workers: true }).token;
    expect(problem(() => from(another, addresses.node01))).toMatchObject({ status: 409 });
  });

  it('refuses control planes and unplanned machines', () => {
    const { token } = issueToken(context, { workers: true });
    expect(problem(() => from(token, addresses.master01))).toMatchObject({
      status: 403,
      code: 'not-a-worker',
      remedy: { en: 'sudo muster token create master01' },
    });
    expect(problem(() => from(token, '10.77.0.99'))).toMatchObject({
      status: 403,
      code: 'not-a-worker',
      params: expect.objectContaining({ address: '10.77.0.99' }),
    });
    expect(store.hosts.all()).toEqual([]);
  });
});

it('a token for one host is refused once the host was removed from the plan', () => {
  const { token } = issueToken(context, { host: 'node01' });
  context.plan.hosts = context.plan.hosts.filter(({ name }) => name !== 'node01');
  expect(problem(() => from(token, addresses.node01))).toMatchObject({ status: 403, code: 'host-not-planned' });
});
