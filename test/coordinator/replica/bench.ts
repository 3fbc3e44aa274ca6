import { rmSync } from 'node:fs';
import { afterEach, beforeEach } from 'vitest';
import { leasePath } from '../../../shared/kube/coordinator-objects.ts';
import { type Api, startApi } from './api-server.ts';
import { createOne, founder, host, type One, until } from './coordinators.ts';

/** An API server and coordinators that share their state in it, new for each test of a file. */
export function useBench() {
  let api: Api;
  let all: One[];
  beforeEach(async () => {
    api = await startApi();
    all = [];
  });
  afterEach(async () => {
    api.control.mode = 'up';
    for (const one of all) await one.stop().catch(() => undefined);
    await api.close();
  });

  /** `folder`: of the same coordinator before its restart. */
  function one(name: string, folder?: string): One {
    const made = createOne(api, name, folder);
    all.push(made);
    return made;
  }

  return {
    get api(): Api {
      return api;
    },
    one,
    /** An active coordinator and a standby that has its state. */
    async two(): Promise<[One, One]> {
      const [first, second] = [one('master01'), one('master02')];
      founder(api, first);
      await first.start();
      await second.start();
      await is(first, 'active');
      await is(second, 'standby');
      await until(() => enrolled(second).includes('node01'), 'the state has travelled');
      return [first, second];
    },
    /** `keep`: its folder, for a restart. */
    async end(who: One, options?: { keep: boolean }): Promise<void> {
      all = all.filter((some) => some !== who);
      await who.stop(options);
    },
    /** Waits until the coordinators have asked that many more times for the Lease. */
    async leaseReads(count: number): Promise<void> {
      api.requests.length = 0;
      const reads = () => api.requests.filter((request) => request === `GET ${leasePath}`).length;
      await until(() => reads() >= count, 'the Lease is read');
    },
  };
}

export const is = (who: One, state: string) =>
  until(() => who.standing.state() === state, `${state}, not ${who.standing.state()}`);
export const enrolled = (who: One) => who.store.hosts.all().map(({ name }) => name);
export const enrol = (who: One, name: string) => who.store.transaction(() => who.store.hosts.enrol(host(name)));

/** As after a power failure: it does nothing any more and gives up nothing. */
export function dies(who: One): void {
  rmSync(who.paths.kubeconfig);
  who.store.replicated.stop();
}
