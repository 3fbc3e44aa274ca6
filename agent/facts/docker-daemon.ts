import type { Facts } from '../../shared/protocol/facts.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import type { HostView } from '../host/host.ts';
import { parseDaemonJson } from '../machine/daemon-json.ts';
import { commandParts, execStarts, partsAt } from '../machine/unit-command.ts';
import { refusalOf, refusalOfOld } from './docker-refusals.ts';

type Fact = NonNullable<Facts['software']['dockerDaemon']>;
type View = Pick<HostView, 'readFile' | 'list' | 'run' | 'exists'>;

const unit = 'docker.service';
const environmentFiles = ['/etc/default/docker', '/etc/sysconfig/docker'];
/** The command line of docker's packages, assumed until one is installed. */
const packaged = { path: `/lib/systemd/system/${unit}`, text: 'ExecStart=dockerd -H fd://' };

/** What daemon.json sets, and what docker's unit sets as flags; null: daemon.json is not valid JSON. */
export async function dockerDaemonFact(host: View, isNode: boolean): Promise<Fact | null> {
  const text = await host.readFile(hostFiles.dockerDaemon);
  let config: Record<string, unknown>;
  try {
    config = parseDaemonJson(text);
  } catch {
    return null;
  }
  const hosts = Array.isArray(config.hosts) ? config.hosts.map(String) : [];
  return {
    keys: Object.keys(config).slice(0, 128),
    hosts: hosts.slice(0, 16),
    logDriver: typeof config['log-driver'] === 'string' ? config['log-driver'].slice(0, 256) : null,
    logOptions: logOptionsIn(config['log-opts']),
    flags: await flagsOf(host),
    rejected:
      refusalOf(config) ?? rejectedParent(config) ?? (text === null || isNode ? null : await rejected(host, config)),
  };
}

/** What dockerd will say once it has the systemd cgroup driver. */
function rejectedParent({ 'cgroup-parent': parent }: Record<string, unknown>): string | null {
  if (typeof parent !== 'string' || parent === '' || parent.endsWith('.slice')) return null;
  return `cgroup-parent for systemd cgroup should be a valid slice named as "xxx.slice": ${parent}`.slice(0, 256);
}

function logOptionsIn(value: unknown): Fact['logOptions'] {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {}).slice(0, 32);
  return Object.fromEntries(entries.map(([name, option]) => [name.slice(0, 256), typeof option === 'string']));
}

/** What dockerd says about daemon.json; null: valid, or a dockerd before 23.0, which cannot validate. */
async function rejected(host: View, config: Record<string, unknown>): Promise<string | null> {
  const installed = await Promise.all(['/usr/bin/dockerd', '/usr/sbin/dockerd'].map((path) => host.exists(path)));
  if (!installed.includes(true)) return null;
  const result = await host.run('dockerd', ['--validate', '--config-file', hostFiles.dockerDaemon], {
    timeoutMs: 5000,
  });
  const said = result.stderr.trim().split('\n').at(-1) ?? '';
  if (/unknown flag/.test(result.stderr)) return refusalOfOld(config);
  return result.exitCode === 1 ? said.slice(0, 256) : null;
}

async function flagsOf(host: View): Promise<Fact['flags']> {
  const commands = await commandParts(host, unit, packaged);
  const environment = await partsAt(host, environmentFiles);
  const named = (text: string) => [...text.matchAll(/\$\{?(\w+)\}?/g)].map(([, name = '']) => name);
  const variables = commands.flatMap(({ text }) => named(text));
  const values = [...environment, ...commands].flatMap(({ path, text }) =>
    variables.flatMap((name) =>
      [...text.matchAll(new RegExp(`^\\s*(?:Environment=)?["']?${name}=(.*)$`, 'gm'))].map(([, value = '']) => ({
        path,
        text: value,
      })),
    ),
  );
  const lines = commands.map(({ path, text }) => ({ path, text: execStarts(text).at(-1) ?? '' }));
  const found = [...lines, ...values].flatMap(({ path, text }) => keysIn(text).map((key) => ({ key, path })));
  return found.slice(0, 64);
}

/** Keys of daemon.json by flag, where they differ. */
const keyOf: Readonly<Record<string, string>> = {
  ...{ H: 'hosts', host: 'hosts', D: 'debug', l: 'log-level', s: 'storage-driver', G: 'group', b: 'bridge' },
  ...{ g: 'data-root', graph: 'data-root', p: 'pidfile', label: 'labels', 'add-runtime': 'runtimes' },
  ...{ 'insecure-registry': 'insecure-registries', 'registry-mirror': 'registry-mirrors' },
  ...{ 'exec-opt': 'exec-opts', 'log-opt': 'log-opts', 'storage-opt': 'storage-opts', 'dns-opt': 'dns-opts' },
  ...{ 'default-ulimit': 'default-ulimits', 'authorization-plugin': 'authorization-plugins' },
};

/** The file that muster writes, named by its flag. */
const ownFile = new RegExp(`--config-file[= ]["']?${hostFiles.dockerDaemon}\\b["']?`, 'g');

const keysIn = (command: string) =>
  [...command.replace(ownFile, '').matchAll(/(?:^|[\s"'])(?:--([a-z][a-z0-9-]*)|-([HDlsGbgp]))/g)].map(
    ([, long, short]) => {
      const flag = long ?? short ?? '';
      return keyOf[flag] ?? flag;
    },
  );
