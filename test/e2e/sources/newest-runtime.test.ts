import { beforeAll, describe, expect, it } from 'vitest';
import { assign } from '../../../shared/plan/assign.ts';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { containerdConfigToml } from '../../../shared/steps/content/containerd.ts';
import { hostFiles } from '../../../shared/steps/content/files.ts';
import { freshLab } from '../../lab/bring-up.ts';
import { hostExec } from '../../lab/hosts.ts';
import { installCoordinator, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { hostStatus, pasteOn, shell, write } from '../support/induced.ts';
import { changePlan } from '../support/plan-change.ts';
import { until } from '../support/until.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const plan = labPlan({ runtime: 'containerd', hosts: 1 });

/**
 * Whether the host is stopped by a package of that name and version: found in the index, or when it was to be
 * installed.
 */
async function isRefused(pattern: RegExp): Promise<boolean> {
  const { findings, diagnosis } = await hostStatus(master);
  const errors = findings.filter(({ id, level }) => level === 'error' && /^(containerd|docker)-version$/.test(id));
  const causes = diagnosis?.id === 'package-unsuitable' ? [diagnosis] : [];
  return pattern.test(JSON.stringify([...errors, ...causes]));
}

/** Packages of which none may be there. */
const installed = async () =>
  (await shell(master, `dpkg-query -W -f '\${Package}\\n' 'containerd*' 'docker*' runc 'kube*' 2>/dev/null || true`))
    .split('\n')
    .filter(Boolean);

describe('a host whose newest runtimes are too new for the planned Kubernetes', () => {
  beforeAll(async () => {
    await freshLab({ hosts: 1, say, setup: () => ({ system: 'debian-13', newestRuntime: true }) });
    await installCoordinator(await buildRelease(say), plan);
  });

  it('is shown so for containerd before anything is installed', async () => {
    await pasteOn(master);
    await until(() => isRefused(/containerd 2\.1/), { seconds: 60, what: 'containerd to be refused' });
    expect(await installed()).toEqual([]);
  });

  it('is shown so for docker', async () => {
    await changePlan((changed) => {
      Object.assign(changed, { runtime: { name: 'docker', insecureRegistries: ['192.168.0.1:5000'] } });
    });
    await until(() => isRefused(/docker\.io 28\./), { seconds: 60, what: 'docker to be refused' });
    expect(await installed()).toEqual([]);
  });

  it('would read muster’s configuration of containerd as meant', async () => {
    await on(master, 'systemctl', 'stop', 'muster-agent');
    const options = '-y -qq --no-install-recommends -o Dpkg::Options::=--force-confold';
    await shell(master, `DEBIAN_FRONTEND=noninteractive apt-get install ${options} containerd >/dev/null`);
    expect(await on(master, 'containerd', '--version')).toMatch(/ 2\./);
    const parsed = parsePlan(plan, { readFile: () => '' }).plan;
    const assignment = parsed === null ? null : assign(parsed, master);
    if (assignment === null) throw new Error('the lab’s plan is invalid');
    await write(master, hostFiles.containerdConfig, containerdConfigToml(assignment.settings));
    const { exitCode, stdout } = await hostExec(master, ['containerd', 'config', 'dump']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/SystemdCgroup = true/);
    expect(stdout).toMatch(/sandbox = '192\.168\.0\.1:5000\/google_containers\/pause:3\.2'/);
    expect(stdout).toMatch(/config_path = '\/etc\/containerd\/certs\.d'/);
    expect(stdout).toMatch(/bin_dirs? = (\[)?'\/opt\/cni\/bin'/);
  });
});
