import { expect, it } from 'vitest';
import { mayRemoveCoordinator, removeCoordinator } from '../../../agent/uninstall/coordinator.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { agentPaths } from '../../../shared/paths.ts';
import type { Target } from '../../../shared/protocol/assignment.ts';
import { fakeHost } from '../fake-host.ts';

const script = '/opt/muster/agent/uninstall.sh';

it('removes a coordinator that was one of several, once', async () => {
  const host = fakeHost({ files: { [agentPaths.coordinatorMark]: '' }, programs: { [script]: () => '' } });
  await removeCoordinator(host, silentLogger());
  await removeCoordinator(host, silentLogger());
  expect(host.lines()).toEqual([`${script} --only-coordinator`]);
});

it('is repeated after a failure', async () => {
  let failures = 1;
  const host = fakeHost({
    files: { [agentPaths.coordinatorMark]: '' },
    programs: { [script]: () => (failures-- > 0 ? { exitCode: 1, stderr: 'busy' } : '') },
  });
  await expect(removeCoordinator(host, silentLogger())).rejects.toThrow();
  await removeCoordinator(host, silentLogger());
  expect(host.lines()).toEqual(Array(2).fill(`${script} --only-coordinator`));
  expect(await host.exists(agentPaths.coordinatorMark)).toBe(false);
});

it('keeps a coordinator that is the only one', async () => {
  const host = fakeHost();
  await removeCoordinator(host, silentLogger());
  expect(host.calls).toEqual([]);
});

it.each([
  ['a worker, if a coordinator elsewhere says that it has the state', 'worker', { removeCoordinator: true }, true],
  ['a worker, if the target does not say so', 'worker', {}, false],
  ['a control plane', 'control-plane', { removeCoordinator: true }, false],
])('is for %s', (_, role, more, expected) => {
  expect(mayRemoveCoordinator({ assignment: { host: { role } }, ...more } as Target)).toBe(expected);
});
