import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Access, Description } from '../../../coordinator/api/http/endpoint.ts';
import { accessOf } from '../../../coordinator/api/http/mount.ts';
import type { Needs } from '../../../coordinator/replica/standing.ts';
import { endpoints } from '../../../coordinator/server/apps.ts';
import { enrolRequest, start, type TestCoordinator } from '../support.ts';
import { type CallerName, callerNames, callersOf, type Reply } from './callers.ts';

/** Who may call each endpoint. A new endpoint needs a line: decide who may call it. */
const decided: Readonly<Record<string, Access | readonly Access[]>> = {
  backUpCluster: 'socket',
  clearPassword: 'socket',
  collectSupportBundle: 'socket',
  comparePlan: 'session',
  confirmRestored: 'socket',
  copyKeys: 'host-credential',
  createBackup: 'socket',
  createLoginLink: 'socket',
  createMetricsToken: 'socket',
  createToken: 'session',
  enrolHost: 'enrolment-token',
  getApi: ['anyone', 'socket'],
  getArtefact: 'anyone',
  getBackupCopy: 'host-credential',
  getClusterBackups: 'socket',
  getHealth: ['anyone', 'socket'],
  getHost: 'session',
  getHostLogs: 'session',
  getInstaller: 'anyone',
  getMetrics: ['metrics-token', 'socket'],
  getPlan: 'session',
  getPlanFile: 'host-credential',
  getReadiness: ['anyone', 'socket'],
  getRestored: 'socket',
  getRunningSettings: 'session',
  getStatus: 'session',
  getTarget: 'host-credential',
  getTargetPart: 'host-credential',
  getUpdates: 'socket',
  hasRecoveryKey: 'socket',
  listActions: 'session',
  listAudit: 'socket',
  listEvents: 'session',
  listOperations: 'session',
  listTokens: 'session',
  offerCredential: 'host-credential',
  performAction: 'session',
  putClusterCopy: 'host-credential',
  previewRecovery: 'socket',
  recoverCluster: 'socket',
  requestJoinCredential: 'host-credential',
  retryUpdates: 'socket',
  revokeToken: 'session',
  rotateCredentials: 'socket',
  sendCollection: 'host-credential',
  sendDutyResult: 'host-credential',
  sendReport: 'host-credential',
  setPassword: 'socket',
  setRecoveryKey: 'socket',
  signIn: 'anyone',
  signOut: 'anyone',
  streamChanges: 'session',
};

/**
 * Which of several coordinators answers each endpoint. A new endpoint needs a line here or in `everyOne`: what mints, approves, enrols,
 * decides or revokes is for the active one.
 */
const needed: Readonly<Record<string, Needs>> = {
  backUpCluster: 'active',
  clearPassword: 'active',
  collectSupportBundle: 'any',
  copyKeys: 'active',
  confirmRestored: 'active',
  createLoginLink: 'active',
  createMetricsToken: 'active',
  createToken: 'active',
  enrolHost: 'active',
  getBackupCopy: 'any',
  getPlanFile: 'any',
  getTarget: 'any',
  getTargetPart: 'any',
  offerCredential: 'active',
  performAction: 'active',
  putClusterCopy: 'any',
  recoverCluster: 'any',
  requestJoinCredential: 'active',
  retryUpdates: 'active',
  revokeToken: 'active',
  rotateCredentials: 'active',
  sendCollection: 'any',
  sendDutyResult: 'active',
  sendReport: 'any',
  setPassword: 'active',
  setRecoveryKey: 'active',
};
/** Every coordinator answers: what it knows, and what it needs to be watched and installed. */
const everyOne: readonly string[] = [
  ...[
    'comparePlan',
    'createBackup',
    'getApi',
    'getArtefact',
    'getClusterBackups',
    'getHealth',
    'getHost',
    'getHostLogs',
    'getInstaller',
  ],
  ...['getMetrics', 'getPlan', 'getReadiness', 'getRestored', 'getRunningSettings', 'getStatus', 'getUpdates'],
  ...['hasRecoveryKey', 'listActions', 'listAudit', 'listEvents', 'listOperations', 'listTokens', 'signIn', 'signOut'],
  ...['previewRecovery', 'streamChanges'],
];

/** Whom each kind of access admits. `session`: a viewer may only read. */
const admitted: Readonly<Record<Access, readonly CallerName[]>> = {
  anyone: callerNames.filter((name) => name !== 'socket'),
  'enrolment-token': ['enrolment token', 'workers’ token'],
  'host-credential': ['worker', 'control plane'],
  'metrics-token': ['metrics token'],
  session: ['viewer', 'operator', 'socket'],
  socket: ['socket'],
};

function mayCall(endpoint: Description, caller: CallerName): boolean {
  const isViewerThatChanges = caller === 'viewer' && endpoint.method !== 'get';
  return accessOf(endpoint).some(
    (access) => admitted[access].includes(caller) && !(access === 'session' && isViewerThatChanges),
  );
}

const refusals = ['token-missing', 'token-unknown', 'credential-unknown', 'session-needed', 'operator-needed'];
const isRefused = ({ status, code }: Reply) =>
  refusals.includes(code) || (status === 404 && code === 'not-found') || (status === 401 && code !== '');

const params: Record<string, string> = { name: 'node09', id: 'x', role: 'viewer' };
/** A token is looked at only after the body. */
const bodies: Record<string, string> = { enrolHost: JSON.stringify(enrolRequest()) };
const pathOf = ({ path }: Description) => path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? 'x');
/** Those that end or replace a credential come last. */
const isLast = ({ id }: Description) => ['signOut', 'createMetricsToken'].includes(id);
const inOrder = endpoints.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)));

let coordinator: TestCoordinator;
let callers: Awaited<ReturnType<typeof callersOf>>['callers'];
beforeAll(async () => {
  coordinator = await start({ limits: { enrol: 10_000, login: 10_000 } });
  ({ callers } = await callersOf(coordinator));
});
afterAll(() => coordinator.stop());

test('it is decided for every endpoint who may call it', () => {
  expect(Object.fromEntries(endpoints.map(({ id, access }) => [id, access]))).toEqual(decided);
});

test('it is decided for every endpoint which of several coordinators answers', () => {
  const found = endpoints.filter(({ needs }) => needs !== undefined).map(({ id, needs }) => [id, needs]);
  expect(Object.fromEntries(found)).toEqual(needed);
  const others = endpoints.filter(({ needs }) => needs === undefined).map(({ id }) => id);
  expect(others.sort()).toEqual(everyOne.toSorted());
});

describe.each(callerNames)('%s', (caller) => {
  it.each(inOrder.map((endpoint) => [endpoint.id, endpoint] as const))('%s', async (_, endpoint) => {
    const body = endpoint.body === undefined ? {} : { body: bodies[endpoint.id] ?? '{}' };
    const reply = await callers[caller]({ method: endpoint.method.toUpperCase(), path: pathOf(endpoint), ...body });
    expect({ refused: isRefused(reply), status: reply.status, code: reply.code }).toEqual({
      refused: !mayCall(endpoint, caller),
      status: reply.status,
      code: reply.code,
    });
  });
});
