import { execa } from 'execa';
import { describe, expect, it, test } from 'vitest';
import { output } from '../../../shared/diagnosis/clue.ts';
import { describe as describeDiagnosis, trustedNames } from '../../../shared/diagnosis/describe.ts';
import { diagnose, reportFound, reportUnknown } from '../../../shared/diagnosis/diagnose.ts';
import { type Evidence, noEvidence } from '../../../shared/diagnosis/evidence.ts';
import { failures } from '../../../shared/diagnosis/failures/index.ts';
import { commandFor } from '../../../shared/packages/index.ts';
import { diagnosisSchema, reportedDiagnosisSchema } from '../../../shared/protocol/diagnosis.ts';
import { placeholdersOf } from '../../../shared/text/values.ts';
import { recorded } from './recorded/index.ts';

const evidence = (part: Partial<Evidence>): Evidence => ({ ...noEvidence, ...part });
const ids = (part: Partial<Evidence>) => diagnose(evidence(part)).map(({ failure }) => failure.id);
const circumstances = {
  step: 'kubeadm-join' as const,
  since: '2026-11-22T12:00:00Z',
  triesLeft: null,
};
const trusted = { host: 'node02', runtime: 'containerd', endpoint: 'lab.muster.internal:6443' };
/** What the reader sees of what the host sends. */
const shown = (reported: unknown) =>
  diagnosisSchema.parse(describeDiagnosis(reportedDiagnosisSchema.parse(reported), trusted));
const described = (part: Partial<Evidence>) => {
  const [found] = diagnose(evidence(part));
  if (found === undefined) throw new Error('nothing was found');
  return shown(reportFound(found, circumstances, evidence(part)));
};

/** Without the decisions of operators, which the coordinator finds. */
const diagnosed = failures.filter(({ clues }) => clues.length > 0);

describe('the catalogue', () => {
  test('has a recorded text and a near miss for each failure, and no others', () => {
    expect(Object.keys(recorded).sort()).toEqual(diagnosed.map(({ id }) => id).sort());
    const lacking = ({ holds, misses }: (typeof recorded)[string]) => holds.length === 0 || misses.length === 0;
    expect(Object.entries(recorded).filter(([, texts]) => lacking(texts))).toEqual([]);
    expect(failures.length).toBeGreaterThanOrEqual(35);
  });

  describe.each(failures.map((failure) => [failure.id, failure] as const))('%s', (id, failure) => {
    it.each(recorded[id]?.holds ?? [])('is recognised, and ranked first: %j', (part) => expect(ids(part)[0]).toBe(id));
    it.each(recorded[id]?.misses ?? [])('is not matched by %j', (part) => expect(ids(part)).not.toContain(id));
    it('has a command of one line that a shell can parse', async () => {
      const command = commandFor(failure.command, 'apt');
      expect(command).not.toContain('\n');
      expect(command.length).toBeLessThan(480);
      const { exitCode, stderr } = await execa('sh', ['-n', '-c', command.replaceAll(/[{}]/g, '')], {
        reject: false,
      });
      expect(exitCode, stderr).toBe(0);
    });
    it.each(recorded[id]?.holds ?? [])('fills its command with every value that it found: %j', (part) => {
      const found = diagnose(evidence(part)).find((one) => one.failure.id === id);
      if (found === undefined) throw new Error('nothing was found');
      const reported = reportFound(found, circumstances, evidence(part));
      const { command } = shown(reported);
      const lost = placeholdersOf(commandFor(failure.command, 'apt')).filter((name) =>
        command.includes(name.toUpperCase()),
      );
      expect(lost.filter((name) => name in reported.values)).toEqual([]);
    });
    it.each(recorded[id]?.holds ?? [])('names what it found in each of its texts: %j', (part) => {
      const values = Object.assign({}, ...(diagnose(evidence(part))[0]?.signs ?? []).map((sign) => sign.values));
      const known = [...Object.keys(values), ...trustedNames];
      const { title, cause, remedy, next, command } = failure;
      const texts = [title, cause, remedy, ...(next === undefined ? [] : [next])].flatMap(({ en, zh }) => [en, zh]);
      expect(
        [...texts, commandFor(command, 'apt')].flatMap(placeholdersOf).filter((name) => !known.includes(name)),
      ).toEqual([]);
    });
    it('has its name, cause and remedy in both languages', () => {
      for (const { en, zh } of [failure.title, failure.cause, failure.remedy]) {
        expect(en).toMatch(/[a-z]/);
        expect(zh).toMatch(/\p{Script=Han}|^kubelet|^etcd/u);
      }
    });
  });
});

describe('an explanation', () => {
  const explainsOf = new Map(failures.map(({ id, explains = [] }) => [id, explains]));

  test('names failures of the catalogue', () => {
    const named = failures.flatMap(({ explains = [] }) => explains);
    expect(named.filter((id) => !explainsOf.has(id))).toEqual([]);
  });

  test('is never mutual, so that one failure always remains', () => {
    const reached = (id: string, seen = new Set<string>()): Set<string> => {
      for (const next of explainsOf.get(id) ?? []) if (!seen.has(next)) reached(next, seen.add(next));
      return seen;
    };
    expect(failures.filter(({ id }) => reached(id).has(id)).map(({ id }) => id)).toEqual([]);
  });

  test('hides the failures that follow', () => {
    const kubelet = ['failed to run Kubelet: running with swap on is not supported, please disable swap!'];
    const output = ['dial tcp 192.168.0.130:6443: connect: no route to host'];
    expect(ids({ output })).toEqual(['api-unreachable']);
    expect(ids({ output, kubelet })).toEqual(['swap-on']);
  });
});

describe('diagnose', () => {
  it('traces a symptom to its cause in any of the journals', () => {
    const output = [
      "[kubelet-check] The HTTP call equal to 'curl -sSL http://localhost:10248/healthz' failed with error",
      "error execution phase wait-control-plane: couldn't initialize a Kubernetes cluster",
    ];
    expect(ids({ output })[0]).toBe('kubelet-check');
    const kubelet = [
      'failed to run Kubelet: misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"',
    ];
    expect(ids({ output, kubelet })[0]).toBe('cgroup-driver-mismatch');
    expect(ids({ output, runtime: ['open /var/lib/containerd/x: no space left on device'] })[0]).toBe('disk-full');
  });

  it('prefers the output of the failed program over a journal about something else', () => {
    const output = ['\t[ERROR Port-10250]: Port 10250 is in use'];
    expect(ids({ output, kubelet: ['lookup localhost: no such host'] })[0]).toBe('port-in-use');
  });

  it('returns nothing for unknown output', () => {
    expect(diagnose(evidence({ output: ['kaboom'], kubelet: ['E0101 kaboom'] }))).toEqual([]);
  });
});

describe('a diagnosis', () => {
  it('contains the values from its evidence, also in the command', () => {
    const { cause, command, evidence: lines } = described({ output: ['\t[ERROR Port-10250]: Port 10250 is in use'] });
    expect(cause.en).toContain('port 10250');
    expect(cause.zh).toContain('10250');
    expect(command).toContain("'sport = :10250'");
    expect(lines).toEqual(['\t[ERROR Port-10250]: Port 10250 is in use']);
  });

  it('names the endpoint where a program did not say which API server it asked', () => {
    const { cause, command } = described({ output: ['Unable to connect to the server: EOF'] });
    expect(cause.en).toContain(trusted.endpoint);
    expect(command).toContain(`https://${trusted.endpoint}/`);
  });

  it('moves the corrupt file away, not the one whose change made the runtime read it', () => {
    const reload = recorded['cni-config-broken']?.holds.at(-1) ?? {};
    expect(described(reload).command).toContain('mv /etc/cni/net.d/00-old.conflist ');
  });

  it('sends the values that the catalogue’s texts use, and no instructions', () => {
    const text = { en: '{what}', zh: '{what}' };
    const sample = {
      ...{ id: 'sample', title: text, cause: text, remedy: text, command: 'rm {what}', where: 'host' as const },
      clues: [output(/gone: (?<what>\S+) (?<other>.*)/)],
    };
    const printed = evidence({ output: ['gone: /etc/x unused'] });
    const [found] = diagnose(printed, [sample]);
    if (found === undefined) throw new Error('nothing was found');
    expect(reportFound(found, circumstances, printed)).toEqual({
      ...{ id: 'sample', values: { what: '/etc/x' }, evidence: ['gone: /etc/x unused'] },
      ...circumstances,
    });
  });

  it('takes commands for other machines from values that the host cannot choose', () => {
    const elsewhere = failures.filter(({ where }) => where !== 'host');
    expect(elsewhere.length).toBeGreaterThan(3);
    for (const { command } of elsewhere) {
      expect(
        placeholdersOf(commandFor(command, 'apt')).filter(
          (name) => !(trustedNames as readonly string[]).includes(name),
        ),
      ).toEqual([]);
    }
    const reported = {
      ...circumstances,
      id: 'node-exists',
      evidence: [],
      values: { node: 'master01', host: 'master01' },
    };
    const { where, command } = shown(reported);
    expect(where).toBe('control-plane');
    expect(command).toContain('delete node node02');
  });

  it('of an unknown failure shows the last lines and the complaints in the journals', () => {
    const part = { output: ['one', 'two', 'kaboom'], kubelet: ['I0101 fine', 'E0101 kubelet.go: kaboom'] };
    const unknown = shown(reportUnknown(evidence(part), circumstances));
    expect(unknown).toMatchObject({ id: 'unknown', command: 'muster support-bundle node02', where: 'coordinator' });
    expect(unknown.evidence).toEqual(['one', 'two', 'kaboom', 'E0101 kubelet.go: kaboom']);
  });
});
