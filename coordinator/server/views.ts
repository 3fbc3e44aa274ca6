import type { Language } from '../../shared/text/local-text.ts';
import type { Coordinator, Views } from '../api/parts.ts';
import { decisions } from '../operations/decided.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { recoveryNotices } from '../upkeep/recovery-notices.ts';
import { coordinatorsView } from '../view/coordinators.ts';
import { etcdNotices, etcdView } from '../view/etcd.ts';
import { readHead, readHost, readRunning, readStatus, type StatusSource } from '../view/status.ts';
import { readPage } from '../view/status-page.ts';
import type { Identity } from './identity.ts';

export interface ViewsOptions {
  coordinator: Coordinator;
  planFile: PlanFile;
  identity: Identity;
  url: () => string;
}

/** Read-only views of the cluster, computed on request. */
export function createViews({ coordinator, planFile, identity, url }: ViewsOptions): Views {
  const { backups, contacts, conversions, fence, fleet, now, plan, rollout, standing, store } = coordinator;

  const source = (language: Language): StatusSource => ({
    store,
    plan: plan(),
    planProblems: planFile.problems(),
    lastContact: contacts.last,
    notices: [
      ...standing.notices(),
      ...fence.notices(),
      ...store.notices(),
      ...backups.notices(),
      ...etcdNotices(etcdView({ store, plan: plan(), lastContact: contacts.last, now: now() })),
      ...recoveryNotices(store),
      ...rollout.notices(),
      ...conversions.notices(),
      ...planFile.notices(),
    ],
    decided: decisions(coordinator),
    fleet: fleet.findings,
    url: url(),
    certificateSha256: identity.current().certificateSha256,
    coordinators: coordinatorsView({
      ...{ store, plan: plan(), lastContact: contacts.last, now: now() },
      active: standing.state() === 'alone' ? '' : standing.active(),
    }),
    now: now(),
    language,
  });

  return {
    status: (language) => readStatus(source(language)),
    page: (rows, query, language) => readPage(source(language), rows, query),
    host: (name, language) => readHost(source(language), name),
    hosts(language) {
      const shared = source(language);
      return (name) => readHost(shared, name);
    },
    head: (language) => readHead(source(language)),
    running: () => readRunning(store, plan()),
    logs: store.output.after,
    tail: store.output.tail,
  };
}
