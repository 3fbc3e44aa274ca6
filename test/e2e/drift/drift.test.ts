import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../../shared/protocol/status.ts';
import type { StepId } from '../../../shared/steps/catalogue.ts';
import { waitUntilReady } from '../../lab/bring-up.ts';
import { hostExec } from '../../lab/hosts.ts';
import { clusterStatus, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import { until } from '../support/until.ts';

const host = 'node01';
const plan = labPlan({ runtime: 'containerd', hosts: 3 });
const say = (line: string) => process.stdout.write(`  ${line}\n`);

const sh = (script: string) => on(host, 'sh', '-c', script);
const holds = async (script: string) => (await hostExec(host, ['sh', '-c', script])).exitCode === 0;

async function stepOf(id: StepId) {
  const status = (await clusterStatus()).hosts.find(({ name }) => name === host);
  return status?.steps.find((step) => step.id === id);
}

async function events(): Promise<Event[]> {
  const answer = await on(master, 'curl', '-sS', '--unix-socket', '/run/muster/muster.sock', 'http://muster/v1/events');
  const parsed = JSON.parse(answer);
  return Array.isArray(parsed) ? parsed : parsed.events;
}

/** A kubectl of another version, made on the host and put there as an operator would. */
const upgradeKubectl = `
  set -e
  mkdir -p /tmp/newer/DEBIAN /tmp/newer/usr/bin
  printf 'Package: kubectl\\nVersion: 1.20.3-00\\nArchitecture: %s\\nMaintainer: x <x@localhost>\\nDescription: x\\n' \\
    "$(dpkg --print-architecture)" >/tmp/newer/DEBIAN/control
  cp /usr/bin/kubectl /tmp/newer/usr/bin/kubectl
  dpkg-deb -Znone -b /tmp/newer /tmp/newer.deb
  dpkg --force-hold -i /tmp/newer.deb`;

/** What is broken; the step that corrects it; how it is broken; what holds once it is corrected. */
const drifts: [what: string, step: StepId, break_: string, mended: string][] = [
  [
    'a sysctl set to another value',
    'sysctls',
    // Not ip_forward: the network plugin turns that on with each pod that starts.
    'sysctl -w net.bridge.bridge-nf-call-iptables=0',
    'grep -q 1 /proc/sys/net/bridge/bridge-nf-call-iptables',
  ],
  [
    'the file of sysctls gone',
    'sysctls',
    'rm /etc/sysctl.d/99-zz-muster.conf',
    'test -e /etc/sysctl.d/99-zz-muster.conf',
  ],
  [
    'the file of modules gone',
    'kernel-modules',
    'rm /etc/modules-load.d/muster.conf',
    'test -e /etc/modules-load.d/muster.conf',
  ],
  [
    'swap on again at boot by fstab',
    'swap',
    'echo "/swap2 none swap sw 0 0" >>/etc/fstab',
    '! grep -q "^/swap2" /etc/fstab',
  ],
  [
    'swap on again at boot by a unit',
    'swap',
    'printf "[Swap]\\nWhat=/swap3\\n[Install]\\nWantedBy=swap.target\\n" >/etc/systemd/system/swap3.swap; systemctl enable swap3.swap',
    'test ! -e /etc/systemd/system/swap.target.wants/swap3.swap',
  ],
  [
    'the lines of /etc/hosts gone',
    'hosts-file',
    'echo "127.0.0.1 localhost" >/etc/hosts',
    'grep -q 192.168.0.132 /etc/hosts',
  ],
  ['the runtime disabled', 'runtime', 'systemctl disable containerd', 'systemctl is-enabled containerd'],
  ['the kubelet disabled', 'kubelet-enabled', 'systemctl disable kubelet', 'systemctl is-enabled kubelet'],
  [
    'the kubelet disabled and stopped',
    'kubelet-enabled',
    'systemctl disable --now kubelet',
    'systemctl is-active kubelet',
  ],
  [
    'the runtime’s configuration edited',
    'runtime-config',
    'sed -i s/SystemdCgroup.=.true// /etc/containerd/config.toml',
    'grep -q "SystemdCgroup = true" /etc/containerd/config.toml',
  ],
  ['a package whose hold was removed', 'packages', 'apt-mark unhold kubelet', 'apt-mark showhold | grep -qx kubelet'],
  ['a package upgraded', 'packages', upgradeKubectl, `dpkg-query -W -f '\${Version}' kubectl | grep -qx 1.20.2-00`],
];

describe('a Node that an operator has changed', () => {
  // A package that muster did not install is left at its version.
  beforeAll(() => readyCluster(plan, { bare: true }), 1_800_000);

  it.each(drifts)('%s is put right, and told', async (what, step, break_, mended) => {
    const attempts = (await stepOf(step))?.attempts ?? 0;
    await sh(break_);
    expect(await holds(mended), 'it is broken').toBe(false);
    const started = Date.now();
    await until(() => holds(mended), { seconds: 60, every: 500, what: `${what} to be put right` });
    say(`${what}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
    await until(async () => ((await stepOf(step))?.attempts ?? 0) > attempts, { seconds: 30, what: 'the report' });
    expect(await stepOf(step)).toMatchObject({ drift: { corrected: true } });
  });

  it('has its drifts among the events', async () => {
    const kinds = (await events()).filter((event) => event.host === host).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'drift-corrected').length).toBeGreaterThanOrEqual(drifts.length);
  });

  it('is put right where an error blocks another step, and the error and its end are events', async () => {
    const kinds = async () => (await events()).filter((event) => event.host === host).map(({ kind }) => kind);
    await sh('systemctl disable kubelet; systemctl mask kubelet');
    await until(async () => (await stepOf('kubelet-enabled'))?.state === 'blocked', { seconds: 60, what: 'the error' });
    expect(await stepOf('kubelet-enabled')).toMatchObject({ code: 'masked-units' });
    await sh('sysctl -w net.bridge.bridge-nf-call-iptables=0');
    await until(() => holds('grep -q 1 /proc/sys/net/bridge/bridge-nf-call-iptables'), {
      seconds: 60,
      what: 'the sysctl to be put right',
    });
    const status = (await clusterStatus()).hosts.find(({ name }) => name === host);
    expect(status?.phase).toBe('ready');
    expect(await kinds()).toContain('check-failed');
    await sh('systemctl unmask kubelet');
    await until(() => holds('systemctl is-enabled kubelet'), { seconds: 90, what: 'the kubelet to be enabled' });
    await until(async () => (await kinds()).includes('check-passed'), { seconds: 60, what: 'the event' });
  });

  it('stays Ready under a plan that a running cluster cannot take, which is reported', async () => {
    const write = (text: string) => hostExec(master, ['tee', '/etc/muster/cluster.yaml'], { input: text });
    const notes = async () => ((await clusterStatus()).settingNotes ?? []).map(({ field }) => field);
    const hosts = await sh('cat /etc/hosts');
    await write(plan.replace('10.244.0.0/16', '10.1.0.0/16').replace('1.20.2', '1.20.4'));
    await until(async () => (await notes()).includes('settings.network.podSubnet'), { seconds: 30, what: 'the note' });
    expect(await notes()).toContain('settings.kubernetes.version');
    await until(async () => (await events()).some(({ kind }) => kind === 'setting-not-applied'), {
      seconds: 30,
      what: 'the event',
    });
    expect((await clusterStatus()).hosts.map(({ phase }) => phase)).toEqual(['ready', 'ready', 'ready']);
    expect(await sh('cat /etc/hosts')).toBe(hosts);
    await write(plan);
    await until(async () => (await notes()).length === 0, { seconds: 30, what: 'the note to end' });
  });

  describe('under a plan with driftCorrection: report', () => {
    const write = async (text: string) => {
      await hostExec(master, ['tee', '/etc/muster/cluster.yaml'], { input: text });
    };
    beforeAll(() => write(`${plan}driftCorrection: report\n`));
    afterAll(async () => {
      await write(plan);
      await waitUntilReady({ seconds: 120, show: false });
    });

    it('is reported and not corrected, until the plan requests correction again', async () => {
      // The hosts take the changed plan in before anything drifts.
      await until(async () => holds('sleep 5'), { seconds: 10, what: 'the new plan' });
      await sh('sysctl -w net.bridge.bridge-nf-call-iptables=0');
      const started = Date.now();
      await until(async () => (await stepOf('sysctls'))?.state === 'drifted', {
        seconds: 60,
        what: 'the drift to be told',
      });
      say(`told alone: ${((Date.now() - started) / 1000).toFixed(0)} s`);
      expect(await holds('grep -q 0 /proc/sys/net/bridge/bridge-nf-call-iptables')).toBe(true);
      const status = (await clusterStatus()).hosts.find(({ name }) => name === host);
      expect(status).toMatchObject({
        phase: 'ready',
        summary: { en: expect.stringContaining('bridge-nf-call-iptables') },
      });
      expect((await events()).at(-1)).toMatchObject({ kind: 'drift-found', host });
      await write(plan);
      await until(() => holds('grep -q 1 /proc/sys/net/bridge/bridge-nf-call-iptables'), {
        seconds: 60,
        what: 'it to be put right',
      });
    });
  });
});
